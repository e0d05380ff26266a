using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Broker;

namespace EdgeAgent.Protocols.Tests.Mqtt.Packets;

public sealed class TopicTests
{
    [Theory]
    [InlineData("#", true)]
    [InlineData("+", true)]
    [InlineData("/", true)]
    [InlineData("a/#", true)]
    [InlineData("+/b/+", true)]
    [InlineData("a//b", true)]
    [InlineData("", false)]
    [InlineData("a#", false)]
    [InlineData("a/#/b", false)]
    [InlineData("a+/b", false)]
    [InlineData("a/\0", false)]
    [InlineData("$share/g/a/#", true)]
    [InlineData("$share/g", false)]
    [InlineData("$share/g/", false)]
    [InlineData("$share//a", false)]
    [InlineData("$share/g+/a", false)]
    public void Filters(string filter, bool valid) => Assert.Equal(valid, MqttTopic.IsFilter(filter));

    [Fact]
    public void Half_a_surrogate_pair_is_no_text()
    {
        Assert.False(MqttTopic.IsFilter("a/\uD800"));
        Assert.False(MqttTopic.IsName("a/\uDC00b"));
    }

    [Theory]
    [InlineData("a/b", true)]
    [InlineData("/", true)]
    [InlineData("温度/一号", true)]
    [InlineData("", false)]
    [InlineData("a/+", false)]
    [InlineData("a/#", false)]
    [InlineData("a\0", false)]
    public void Names(string name, bool valid) => Assert.Equal(valid, MqttTopic.IsName(name));

    [Theory]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/ranking", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1/ranking", false)]
    [InlineData("sport/+", "sport", false)]
    [InlineData("sport/+", "sport/", true)]
    [InlineData("+/+", "/finance", true)]
    [InlineData("/+", "/finance", true)]
    [InlineData("+", "/finance", false)]
    [InlineData("#", "$SYS/monitor", false)]
    [InlineData("+/monitor", "$SYS/monitor", false)]
    [InlineData("$SYS/#", "$SYS/monitor", true)]
    [InlineData("a/b", "a/B", false)]
    [InlineData("a/b/c", "a/b", false)]
    [InlineData("#", "a/b", true)]
    [InlineData("a/+/#", "a/b", true)]
    public void Matching(string filter, string name, bool matches) => Assert.Equal(matches, MqttTopic.Matches(filter, name));

    [Theory]
    [InlineData("#", "a/+/c", true)]
    [InlineData("a/#", "a/b/#", true)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/+", "a/#", false)]
    [InlineData("a/+", "a/b", true)]
    [InlineData("a/b", "a/+", false)]
    [InlineData("a/+/c", "a/+/c", true)]
    [InlineData("#", "$SYS/#", false)]
    [InlineData("a/+", "$share/g/a/b", true)]
    [InlineData("a/+", "$share/g/#", false)]
    public void Rules_cover_what_a_filter_can_match(string allowed, string asked, bool covers) =>
        Assert.Equal(covers, new MqttTopicRules([], [allowed]).MaySubscribe(asked));

    [Fact]
    public void A_client_id_with_a_wildcard_cannot_widen_its_rules()
    {
        Assert.True(MqttTopicRules.For(["site/%c/#"], [], "u", "gw-1").MayPublish("site/gw-1/batch"));
        Assert.False(MqttTopicRules.For(["site/%c/#"], [], "u", "gw-1").MayPublish("site/gw-2/batch"));
        Assert.False(MqttTopicRules.For(["site/%c/#"], [], "u", "+").MayPublish("site/gw-2/batch"));
        Assert.False(MqttTopicRules.For(["site/%u/#"], [], "a/b", "gw").MayPublish("site/a/b/c"));
    }
}
