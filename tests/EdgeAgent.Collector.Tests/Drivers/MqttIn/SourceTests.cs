using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Tests.Drivers.MqttIn;

public sealed class SourceTests
{
    [Fact]
    public void Json_by_path_with_types_nulls_and_a_time()
    {
        var source = new SourceFixture(
            """{"format":"json","topic":"plant/{hall}/{device}/state","time":"$.ts"}""",
            ("h1/t1", [("temp", "$.data.temp", null), ("on", "on", TagType.Bool), ("name", "name", TagType.String), ("count", "n", TagType.Int32)]));
        List<string> read = source.Send(
            "plant/h1/t1/state", """{"ts":"2025-11-13T16:29:00","data":{"temp":"21.5"},"on":true,"name":"\u6e29","n":1.5}""");
        Assert.Equal(["temp=21.5", "on=true", "name=温", "count=BadTypeMismatch"], read);
        Assert.Equal(new DateTimeOffset(2025, 11, 13, 8, 29, 0, TimeSpan.Zero), UnixTicks.ToDateTimeOffset(source.LastTicks));
        Assert.Equal(["temp=BadSensorFailure"], source.Send("plant/h1/t1/state", """{"ts":1763022600,"data":{"temp":null}}"""));
    }

    [Fact]
    public void A_message_without_a_known_value_or_with_a_clock_that_cannot_be_right_is_told_of_once()
    {
        var source = new SourceFixture("""{"topic":"s/{d}","time":"ts"}""", ("a", [("v", "v", null)]));
        Assert.Empty(source.Send("s/a", """{"ts":1763022600,"x":1}"""));
        Assert.Empty(source.Send("s/a", """{"ts":1763022600,"x":1}"""));
        Assert.Contains("none of the device's values", Assert.Single(source.Reports).Problem);
        Assert.Equal(["v=1"], source.Send("s/a", """{"ts":12,"v":1}"""));
        Assert.Contains("time in a message", source.Reports[^1].Problem);
        Assert.Equal(["v=1"], source.Send("s/a", """{"ts":1763022600,"v":1}"""));
        Assert.Null(source.Reports[^1].Problem);
        Assert.Empty(source.Send("s/a", "no json at all"));
    }

    [Fact]
    public void Plain_values_named_by_a_level_of_the_topic()
    {
        var source = new SourceFixture(
            """{"format":"plain","topic":"zigbee/{device}/{metric}"}""",
            ("t-17", [("temp", "temperature", null), ("door", "contact", TagType.Bool)]));
        Assert.Equal(["temp=21.5"], source.Send("zigbee/t-17/temperature", "21.5"));
        Assert.Equal(["door=true"], source.Send("zigbee/t-17/contact", "ON"));
        Assert.Equal(["temp=BadDecodingError"], source.Send("zigbee/t-17/temperature", "err"));
        Assert.Empty(source.Send("zigbee/t-17/other", "1"));
        Assert.Empty(source.Send("zigbee/t-17", "1"));
    }

    [Fact]
    public void What_a_broker_had_kept_is_uncertain()
    {
        var source = new SourceFixture("""{"format":"plain","topic":"s/{d}"}""", ("a", [("v", "$", null)]));
        Assert.Equal(["v=UncertainLastUsableValue"], source.Send("s/a", "1", retained: true));
        Assert.Equal(["v=1"], source.Send("s/a", "1"));
    }

    [Fact]
    public void A_device_that_nobody_configured_is_listed()
    {
        var source = new SourceFixture("""{"format":"plain","topic":"s/{hall}/{d}"}""", ("1/a", [("v", "$", null)]));
        source.Send("s/2/b", "21.5");
        source.Send("s/2/b", "22");
        source.Send("else/2/b", "22");
        Assert.Equal(("2/b", 2L, "21.5"), source.Seen.Select(seen => (seen.Name, seen.Messages, seen.Example)).Single());
    }

    [Fact]
    public void ChirpStack_uplinks_count_frames_that_never_came()
    {
        var source = new SourceFixture("""{"format":"chirpstack"}""", ("0101010101010101", [("temp", "object.temperature", null), ("rssi", "rxInfo[0].rssi", TagType.Int16)]));
        string Uplink(int counter) =>
            $$"""{"deduplicationId":"x","time":"2025-11-13T08:29:59.5+00:00","deviceInfo":{"devEui":"0101010101010101"},"fCnt":{{counter}},"object":{"temperature":{{counter}}.5},"rxInfo":[{"rssi":-48}]}""";
        const string topic = "application/17c82e96/device/0101010101010101/event/up";
        Assert.Equal(["temp=0.5", "rssi=-48"], source.Send(topic, Uplink(0).Replace("\"fCnt\":0,", "", StringComparison.Ordinal)));
        Assert.Equal(["temp=1.5", "rssi=-48"], source.Send(topic, Uplink(1)));
        Assert.Empty(source.Send(topic, Uplink(1)));
        Assert.Equal(["temp=5.5", "rssi=-48"], source.Send(topic, Uplink(5)));
        Assert.Equal((6, 3, 0), (source.Reports[^1].Lost, source.Reports[^1].Gap, source.Reports[^1].Device));
        Assert.Contains("frames 2 to 4", source.Reports[^1].Problem);
        Assert.Equal(["temp=0.5", "rssi=-48"], source.Send(topic, Uplink(0)));
        Assert.Equal(0, source.Reports[^1].Lost);
        Assert.Empty(source.Send("application/17c82e96/device/0101010101010101/event/join", "{}"));
    }
}
