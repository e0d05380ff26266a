using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Tests.Drivers.MqttIn;

/// <summary>Whose the messages are, so that each device shows its own and strangers push nobody's out.</summary>
public sealed class SenderTests
{
    private static readonly (string, string, TagType?)[] Tags = [("v", "$.v", null)];

    [Fact]
    public void A_topic_names_its_device_and_a_strangers_message_is_nobodys()
    {
        SourceFixture fixture = new("""{"topic":"s/{device}/up"}""", ("a", Tags), ("b", Tags));
        Assert.Equal([0, 1, null, null], new[] { "s/a/up", "s/b/up", "s/c/up", "other" }.Select(topic =>
        {
            fixture.Send(topic, """{"v":1}""");
            return fixture.Source.Sender;
        }));
    }

    [Fact]
    public void What_a_node_says_for_its_devices_is_shown_with_all_of_them()
    {
        SourceFixture fixture = new("""{"format":"sparkplug"}""", ("g/n/d", [("v", "v", null)]));
        Assert.Equal([FrameMemory.Connection, 0, null, null], new[] { "spBv1.0/g/NBIRTH/n", "spBv1.0/g/DDATA/n/d", "spBv1.0/g/DDATA/n/other", "spBv1.0/g/NBIRTH/m" }.Select(topic =>
        {
            fixture.Send(topic, []);
            return fixture.Source.Sender;
        }));
    }
}
