using EdgeAgent.Collector.Tests.Drivers;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Interop.Tests.Mqtt;
using EdgeAgent.TestKit;
using Xunit;

namespace EdgeAgent.Interop.Tests.MqttIn;

/// <summary>Devices that publish to mosquitto, down to what lies in the agent's buffer.</summary>
public sealed class MqttInTests
{
    [PartnerFact("mosquitto")]
    public async Task Plain_and_json_values_good_bad_stalled_and_cut_off()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using DriverAgent agent = await new DriverAgent(
            "mqtt-in",
            $$"""
            {"brokers":["mqtt://127.0.0.1:{{broker.Port}}"],"keepAliveSeconds":1,"sources":[
              {"name":"p","format":"plain","topic":"plain/{d}/{metric}"},{"name":"j","topic":"json/{d}"}]}
            """,
            DriverAgent.Device("sensor", """{"source":"p","id":"t1"}""", DriverAgent.Tag("temp", "temperature")),
            DriverAgent.Device("gateway", """{"source":"j","id":"g1"}""", DriverAgent.Tag("level", "$.v[0]", TagType.Int32)))
        {
            IntervalMs = 500,
        }.StartAsync();
        await agent.UntilAsync(snapshot => snapshot.Devices.All(device => device.Problem is null), "connected");

        await SendUntilAsync(broker.Port, "plain/t1/temperature", "21.5", () => agent.Device("sensor").Counts.Good > 0);
        await SendUntilAsync(broker.Port, "json/g1", """{"v":[7]}""", () => agent.Device("gateway").Counts.Good > 0);
        await SendUntilAsync(broker.Port, "json/g1", """{"v":["rubbish"]}""", () => agent.Device("gateway").Counts.Bad > 0);
        await SendUntilAsync(broker.Port, "json/stranger", """{"v":[1]}""", () => agent.Agent.Snapshot().Seen.Any(seen => seen.Device.Name == "stranger"));
        long missed = agent.Device("sensor").Counts.Missed;
        await agent.UntilAsync(_ => agent.Device("sensor").Counts.Missed > missed + 2 && !agent.Device("sensor").Online, "the silent sensor is missed");

        await broker.KillAsync();
        await agent.UntilAsync(_ => agent.Device("sensor").Problem is not null, "the loss is seen");
        await broker.RestartAsync();
        await SendUntilAsync(broker.Port, "plain/t1/temperature", "22.5", () => agent.Device("sensor").LastGoodTicks > 0 && agent.Device("sensor").Online);

        List<(string Tag, string Value, long Ticks)> stored = await agent.StopAsync();
        Assert.Contains(("temp", "21.5"), stored.Select(reading => (reading.Tag, reading.Value)));
        Assert.Contains(("temp", "22.5"), stored.Select(reading => (reading.Tag, reading.Value)));
        Assert.Contains(("temp", "BadTimeout"), stored.Select(reading => (reading.Tag, reading.Value)));
        Assert.Contains(("level", "7"), stored.Select(reading => (reading.Tag, reading.Value)));
        Assert.Contains(("level", "BadDecodingError"), stored.Select(reading => (reading.Tag, reading.Value)));
        Assert.True(agent.Total.Good <= agent.Total.Due);
    }

    [PartnerFact("mosquitto", "node")]
    public async Task A_sparkplug_node_of_others_is_born_lives_dies_and_comes_back()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using DriverAgent agent = await new DriverAgent(
            "mqtt-in",
            $$"""{"brokers":["mqtt://127.0.0.1:{{broker.Port}}"],"sources":[{"format":"sparkplug"}]}""",
            DriverAgent.Device("press", """{"id":"plant/edge/press"}""",
                DriverAgent.Tag("strokes", "Counters/Strokes", TagType.UInt64), DriverAgent.Tag("name", "Name", TagType.String), DriverAgent.Tag("steady", "Steady")))
            .StartAsync();
        string script = RepositoryRoot.Combine("tests", "partners", "sparkplug_node.mjs");
        await using (PartnerProcess node = PartnerProcess.Start("node", [script, $"{broker.Port}"]))
        {
            await agent.UntilMoreGoodAsync("press", 30);
            node.Kill();
            await agent.UntilAsync(_ => agent.Device("press").Problem?.Contains("dead", StringComparison.Ordinal) == true, "the death is told");
        }

        await using PartnerProcess again = PartnerProcess.Start("node", [script, $"{broker.Port}"]);
        await agent.UntilMoreGoodAsync("press", 30);

        List<(string Tag, string Value, long Ticks)> stored = await agent.StopAsync();
        Assert.Contains(("name", "press-07"), stored.Select(reading => (reading.Tag, reading.Value)));
        Assert.Equal(3, stored.Count(reading => reading.Value == "BadNoCommunication"));

        // The steady value came with births only, and was vouched for all the same: good at every instant of the node's life.
        Assert.InRange(stored.Count(reading => reading is { Tag: "steady", Value: "1.5" }), 2, 6);
        Assert.True(agent.Total.Good >= 60);
    }

    private static Task SendUntilAsync(int port, string topic, string payload, Func<bool> condition) => Eventually.TrueAsync(
        async () =>
        {
            await using PartnerProcess sender = PartnerProcess.Start("mosquitto_pub", ["-h", "127.0.0.1", "-p", $"{port}", "-q", "1", "-t", topic, "-m", payload]);
            await sender.WaitForExitAsync();
            return condition();
        },
        $"{payload} on {topic} has its effect");
}
