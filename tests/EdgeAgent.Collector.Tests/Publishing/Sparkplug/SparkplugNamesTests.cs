using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Sparkplug;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Publishing.Sparkplug;

/// <summary>Names that can be ids, and what check says of others.</summary>
public sealed class SparkplugNamesTests
{
    [Theory]
    [InlineData("gw-01", true)]
    [InlineData("冲床 1号", true)]
    [InlineData("Gw-01", true)]
    [InlineData("", false)]
    [InlineData("a+b", false)]
    [InlineData("a#", false)]
    [InlineData("a/b", false)]
    [InlineData("a\u0000", false)]
    public void An_id_is_one_level_of_a_topic(string id, bool good) => Assert.Equal(good, SparkplugNodeTopics.IsId(id));

    [Fact]
    public void An_id_can_be_written_as_utf_8() => Assert.False(SparkplugNodeTopics.IsId("a" + (char)0xD800));

    [Theory]
    [InlineData("""{"group":"a/b"}""", "sparkplug.group", "'a/b' cannot be a Sparkplug id")]
    [InlineData("""{"node":"a+"}""", "sparkplug.node", "'a+' cannot be a Sparkplug id")]
    [InlineData("""{"primaryHost":""}""", "sparkplug.primaryHost", "'' cannot be a Sparkplug id")]
    [InlineData("""{}""", "sparkplug.deviceIds", "the device name 'line/1' cannot be a Sparkplug id")]
    [InlineData("""{"deviceIds":{"line/1":"other"}}""", "sparkplug.deviceIds", "have one id 'other'")]
    [InlineData("""{"deviceIds":{"line/1":"a#"}}""", "sparkplug.deviceIds['line/1']", "'a#' cannot be a Sparkplug id")]
    [InlineData("""{"deviceIds":{"nobody":"x","line/1":"y"}}""", "sparkplug.deviceIds.nobody", "there is no device 'nobody'")]
    public void What_cannot_be_an_id_is_told_with_its_place(string sparkplug, string path, string problem)
    {
        using var directory = new TempDirectory();
        string file = Path.Combine(directory.Path, "agent.json");
        File.WriteAllText(file, """
            {"site":"s","agent":{"id":"a","publishers":[{"name":"p","format":"sparkplug","brokers":["mqtt://127.0.0.1:1883"],"sparkplug":SPARKPLUG}],
             "endpoints":[{"name":"e","driver":"modbus-tcp","devices":[{"name":"line/1"},{"name":"other"}]}]}}
            """.Replace("SPARKPLUG", sparkplug, StringComparison.Ordinal));
        LoadedConfig loaded = ConfigFile.Load(file);
        Assert.Contains(loaded.Errors, error => error.Path.Contains(path, StringComparison.Ordinal) && error.Problem.Contains(problem, StringComparison.Ordinal));
    }
}
