using EdgeAgent.Core.Batches;

namespace EdgeAgent.Core.Tests.Batches;

public sealed class TopicsTests
{
    [Fact]
    public void Topics_are_these()
    {
        Assert.Equal("edgeagent/v1/demo-plant/gw-01/batch", Topics.Batch("demo-plant", "gw-01"));
        Assert.Equal("edgeagent/v1/demo-plant/gw-01/birth", Topics.Birth("demo-plant", "gw-01"));
        Assert.Equal("edgeagent/v1/demo-plant/gw-01/status", Topics.Status("demo-plant", "gw-01"));
        Assert.Equal("edgeagent/v1/一厂/gw-01/ack", Topics.Ack("一厂", "gw-01"));
        Assert.Equal("edgeagent/v1/+/+/batch", Topics.Filter(TopicKind.Batch));
        Assert.Equal("$share/hubs/edgeagent/v1/s/+/birth", Topics.Shared("hubs", Topics.Filter("s", TopicKind.Birth)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a+")]
    [InlineData("#")]
    [InlineData("$SYS")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a\u0085b")]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一二")]
    public void What_cannot_be_part_of_a_topic_is_no_name(string name)
    {
        Assert.False(Topics.IsValidName(name));
        Assert.Throws<ArgumentException>(() => Topics.Batch(name, "a"));
        Assert.Throws<ArgumentException>(() => Topics.Batch("s", name));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_name() => Assert.False(Topics.IsValidName("a\uD800"));

    [Theory]
    [InlineData("edgeagent/v1/s/a/batch", true)]
    [InlineData("edgeagent/v1/s/a/status", true)]
    [InlineData("edgeagent/v1/s/a/other", false)]
    [InlineData("edgeagent/v2/s/a/batch", false)]
    [InlineData("edgeagent/v1/s//batch", false)]
    [InlineData("edgeagent/v1/s/a/b/batch", false)]
    [InlineData("edgeagent/v1/s/batch", false)]
    [InlineData("edgeagent/v1/", false)]
    public void Only_our_topics_are_taken_apart(string topic, bool ours)
    {
        Assert.Equal(ours, Topics.TryParse(topic, out string site, out string agent, out TopicKind kind));
        if (ours)
        {
            Assert.Equal(topic, Topics.Of(site, agent, kind));
        }
    }
}
