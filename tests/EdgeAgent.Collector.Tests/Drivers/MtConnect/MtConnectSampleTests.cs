using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Tests.Drivers.Http;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using Microsoft.Extensions.Logging.Abstractions;
using static EdgeAgent.Collector.Tests.Drivers.DriverAgent;

namespace EdgeAgent.Collector.Tests.Drivers.MtConnect;

/// <summary>Every change of an agent, by its sequence numbers.</summary>
public sealed class MtConnectSampleTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly List<PushOutcome> _outcomes = [];
    private readonly List<(PushKind Kind, int Tag, string Value)> _told = [];

    [Fact]
    public async Task Each_change_is_told_once_and_in_order_however_many_come_between_two_questions()
    {
        var ring = new ScriptedRing(10_000);
        ring.Add("x", "0");
        await using ScriptedHttpServer server = ring.Serve();
        await using IPushedEndpoint endpoint = Open(server, count: 7);
        await endpoint.ConnectAsync(default);
        await ReceiveUntilAsync(endpoint, () => _told.Count >= 2);
        Assert.Equal([(PushKind.Live, 0, "0"), (PushKind.Live, 1, "BadOutOfService")], _told);
        for (int i = 1; i <= 100; i++)
        {
            ring.Add("x", $"{i}");
        }

        await ReceiveUntilAsync(endpoint, () => _told.Count >= 102);
        Assert.Equal(Enumerable.Range(0, 101).Select(i => $"{i}"), _told.Where(one => one.Tag == 0).Select(one => one.Value));
        Assert.True(endpoint.Vouches(0));
        Assert.All(_outcomes, outcome => Assert.Equal(0, outcome.Lost));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_the_ring_overwrote_is_counted_and_the_present_values_are_told(bool byStatus)
    {
        var ring = new ScriptedRing(10) { RefusesByStatus = byStatus };
        ring.Add("x", "0");
        ring.Add("y", "100");
        await using ScriptedHttpServer server = ring.Serve();
        await using IPushedEndpoint endpoint = Open(server);
        await endpoint.ConnectAsync(default);
        await ReceiveUntilAsync(endpoint, () => _told.Count >= 2);

        // y changes in what will be overwritten, x goes on: 31 new ones, of which the ring holds 10.
        ring.Add("y", "101");
        for (int i = 1; i <= 30; i++)
        {
            ring.Add("x", $"{i}");
        }

        await ReceiveUntilAsync(endpoint, () => _told.Any(one => one.Value == "30"));
        Assert.Equal(21, _outcomes.Sum(outcome => outcome.Lost));
        Assert.Contains("overwrote 21 observations", _outcomes.Single(outcome => outcome.Lost > 0).Problem, StringComparison.Ordinal);
        Assert.Contains((PushKind.Live, 1, "101"), _told);
        Assert.Equal(["0", .. Enumerable.Range(21, 10).Select(i => $"{i}")], _told.Where(one => one.Tag == 0).Select(one => one.Value));
    }

    [Fact]
    public async Task After_a_time_without_answers_its_changes_are_back_filled_and_then_the_present_is_told()
    {
        var ring = new ScriptedRing(1000);
        ring.Add("x", "0");
        ring.Add("y", "5");
        ScriptedHttpServer server = ring.Serve();
        await using (server)
        {
            await using IPushedEndpoint endpoint = Open(server);
            await endpoint.ConnectAsync(default);
            await ReceiveUntilAsync(endpoint, () => _told.Count >= 2);
            server.Answer = _ => null;
            await ReceiveUntilAsync(endpoint, () => _outcomes[^1].Kind == PushKind.ConnectionLost);
            Assert.False(endpoint.IsConnected);
            Assert.False(endpoint.Vouches(0));
            ring.Add("x", "1");
            ring.Add("x", "2");
            server.Answer = ring.Answer;
            await endpoint.ConnectAsync(default);
            _told.Clear();
            await ReceiveUntilAsync(endpoint, () => _told.Count >= 4);
            Assert.Equal(
                [(PushKind.BackFilledWithoutGaps, 0, "1"), (PushKind.BackFilledWithoutGaps, 0, "2"), (PushKind.Live, 0, "2"), (PushKind.Live, 1, "5")],
                _told.OrderBy(one => one.Kind == PushKind.Live).ThenBy(one => one.Tag));
        }
    }

    [Fact]
    public async Task An_agent_that_started_anew_is_learnt_again_and_its_numbers_are_not_the_old_ones()
    {
        var ring = new ScriptedRing(1000);
        for (int i = 0; i < 50; i++)
        {
            ring.Add("x", $"{i}");
        }

        await using ScriptedHttpServer server = ring.Serve();
        await using IPushedEndpoint endpoint = Open(server);
        await endpoint.ConnectAsync(default);
        await ReceiveUntilAsync(endpoint, () => _told.Count >= 2);
        ring.Restart("2");
        ring.Add("x", "1000");
        for (int i = 0; i < 60; i++)
        {
            ring.Add("y", $"{i}");
        }

        await ReceiveUntilAsync(endpoint, () => _outcomes[^1].Kind == PushKind.ConnectionLost);
        Assert.Contains("started anew", _outcomes[^1].Problem, StringComparison.Ordinal);
        _told.Clear();
        await endpoint.ConnectAsync(default);
        await ReceiveUntilAsync(endpoint, () => _told.Count >= 2);
        Assert.Equal([(PushKind.Live, 0, "1000"), (PushKind.Live, 1, "59")], _told.OrderBy(one => one.Tag));
        ring.Add("x", "1001");
        await ReceiveUntilAsync(endpoint, () => _told.Any(one => one.Value == "1001"));
    }

    [Fact]
    public async Task From_the_ring_to_the_buffer_no_change_is_lost_and_silence_is_vouched_for()
    {
        var ring = new ScriptedRing(100_000);
        ring.Add("x", "0");
        ring.Add("y", "7");
        await using ScriptedHttpServer server = ring.Serve();
        await using DriverAgent agent = await new DriverAgent(
            "mtconnect", $$"""{ "url": "{{server.Url}}", "mode": "sample", "sampleMs": 20 }""", Device("vmc", "{}", Tag("x", "x"), Tag("y", "y"))).StartAsync();
        await agent.UntilMoreGoodAsync("vmc", 4);
        for (int i = 1; i <= 500; i++)
        {
            ring.Add("x", $"{i}");
        }

        await agent.UntilMoreGoodAsync("vmc", 20);
        List<(string Tag, string Value, long Ticks)> stored = await agent.StopAsync();

        // A pause of the machine is a silence, after which a value that still holds is told again.
        string[] told = [.. stored.Where(one => one.Tag == "x").Select(one => one.Value)];
        Assert.Equal(Enumerable.Range(0, 501).Select(i => $"{i}"), told.Where((value, at) => at == 0 || value != told[at - 1]));
        Assert.All(stored.Where(one => one.Tag == "y"), one => Assert.Equal("7", one.Value));
        Assert.True(agent.Total.Good > 20 && agent.Total.Good <= agent.Total.Due, agent.Total.ToString());
    }

    [Fact]
    public async Task Of_a_condition_all_that_is_active_is_told_until_it_ends()
    {
        int asked = 0;
        const string header = """<Header instanceId="1" version="1.7" firstSequence="1" lastSequence="LAST" nextSequence="NEXT"/>""";
        string[] changes =
        [
            """<Fault dataItemId="x" sequence="2" nativeCode="7" timestamp="2025-01-01T00:00:01Z">hot</Fault>""",
            """<Warning dataItemId="x" sequence="3" nativeCode="9" timestamp="2025-01-01T00:00:02Z">low oil</Warning>""",
            """<Normal dataItemId="x" sequence="4" nativeCode="7" timestamp="2025-01-01T00:00:03Z"/>""",
            """<Normal dataItemId="x" sequence="5" timestamp="2025-01-01T00:00:04Z"/>""",
        ];
        await using var server = new ScriptedHttpServer
        {
            Answer = target =>
            {
                if (target.StartsWith("/probe", StringComparison.Ordinal))
                {
                    return ScriptedHttpServer.Ok($"""<MTConnectDevices>{header}<Devices><Device id="d" name="VMC" uuid="u"><DataItems><DataItem id="x" type="SYSTEM" category="CONDITION"/></DataItems></Device></Devices></MTConnectDevices>""");
                }

                bool isCurrent = target.StartsWith("/current", StringComparison.Ordinal);
                string told = isCurrent ? """<Normal dataItemId="x" sequence="1" timestamp="2025-01-01T00:00:00Z"/>""" : asked < changes.Length ? changes[asked++] : "";
                string at = header.Replace("LAST", $"{1 + asked}", StringComparison.Ordinal).Replace("NEXT", $"{2 + asked}", StringComparison.Ordinal);
                return ScriptedHttpServer.Ok($"""<MTConnectStreams>{at}<Streams><DeviceStream name="VMC" uuid="u"><ComponentStream component="Device" componentId="d"><Condition>{told}</Condition></ComponentStream></DeviceStream></Streams></MTConnectStreams>""");
            },
        };
        (IEndpointPlan? plan, ConfigErrors errors) = HttpFixture.Compile(
            "mtconnect", $$"""{ "url": "{{server.Url}}", "mode": "sample", "sampleMs": 20 }""", Device("vmc", "{}", Tag("x", "x", TagType.String)));
        Assert.Empty(errors);
        await using IPushedEndpoint endpoint = ((IPushedEndpointPlan)plan!).Open(new EndpointServices([new ScanGroup(0, 0, 1000, [0])], TimeProvider.System, NullLoggerFactory.Instance), null);
        await endpoint.ConnectAsync(default);
        var batch = new ReadingBatch();
        var texts = new List<string>();
        while (texts.Count < 5)
        {
            batch.Clear();
            await endpoint.ReceiveAsync(batch, CancellationToken.None).AsTask().WaitAsync(Hang);
            texts.AddRange(batch.Readings.ToArray().Select(reading => System.Text.Encoding.UTF8.GetString(batch.BytesOf(reading))));
        }

        Assert.Equal(["Normal", "Fault 7 hot", "Fault 7 hot; Warning 9 low oil", "Warning 9 low oil", "Normal"], texts);
    }

    private static IPushedEndpoint Open(ScriptedHttpServer server, int count = 1000)
    {
        (IEndpointPlan? plan, ConfigErrors errors) = HttpFixture.Compile(
            "mtconnect", $$"""{ "url": "{{server.Url}}", "mode": "sample", "sampleMs": 20, "sampleCount": {{count}}, "responseTimeoutMs": 1000 }""",
            Device("vmc", "{}", Tag("x", "x"), Tag("y", "y")));
        Assert.Empty(errors);
        return ((IPushedEndpointPlan)plan!).Open(new EndpointServices([new ScanGroup(0, 0, 1000, [0, 1])], TimeProvider.System, NullLoggerFactory.Instance), null);
    }

    private async Task ReceiveUntilAsync(IPushedEndpoint endpoint, Func<bool> condition)
    {
        var batch = new ReadingBatch();
        while (!condition())
        {
            batch.Clear();
            PushOutcome outcome = await endpoint.ReceiveAsync(batch, CancellationToken.None).AsTask().WaitAsync(Hang);
            _outcomes.Add(outcome);
            foreach (Reading reading in batch.Readings)
            {
                _told.Add((outcome.Kind, reading.TagId, reading.Quality.IsGood ? reading.ToDouble().ToString(System.Globalization.CultureInfo.InvariantCulture) : reading.Quality.ToString()));
            }
        }
    }
}
