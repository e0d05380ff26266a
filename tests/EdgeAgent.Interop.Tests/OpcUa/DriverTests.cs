using System.Text.Json;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Drivers.OpcUa;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Simulation;
using EdgeAgent.Simulation.OpcUa;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Interop.Tests.OpcUa;

/// <summary>The driver at real servers, as the scheduler uses it.</summary>
public sealed class DriverTests
{
    private sealed record Received(PushKind Kind, Reading Reading);

    [Fact]
    public async Task A_gap_is_filled_from_the_servers_history_behind_what_is_live()
    {
        await using SimulatedPlant plant = await SimulatedPlant.StartAsync(
            new SimulationConfig
            {
                OpcUa =
                [
                    new SimulatedOpcUaConfig
                    {
                        Name = "plant", Listen = "127.0.0.1:0", Security = ["none"],
                        Machines = [new SimulatedOpcUaMachineConfig { Name = "press-1", Machine = "press", Seed = 3 }],
                        HistoryValues = 2_000, HistoryIntervalMs = 100,
                        Faults = [new SimulatedFaultConfig { Kind = "restart", AfterMs = 4_000, Amount = 2 }],
                    },
                ],
            },
            TimeProvider.System);
        await using IPushedEndpoint endpoint = Open(
            $"opc.tcp://127.0.0.1:{plant.Endpoints["plant"].Port}", "nsu=urn:edgeagent:simulator:plant;s=press-1.Power");
        await endpoint.ConnectAsync(CancellationToken.None);
        Assert.True(endpoint.IsSimulated(0));
        List<Received> received = await ReceiveAsync(endpoint, all => all.Any(r => r.Kind == PushKind.BackFilled));
        Received[] live = [.. received.Where(r => r.Kind == PushKind.Live && r.Reading.Quality.IsGood)];
        Received[] filled = [.. received.Where(r => r.Kind == PushKind.BackFilled)];
        Assert.Equal(live.Select(r => r.Reading.SourceTicks).Order(), live.Select(r => r.Reading.SourceTicks));
        Assert.Equal(filled.Select(r => r.Reading.SourceTicks).Order(), filled.Select(r => r.Reading.SourceTicks));
        Assert.True(endpoint.Vouches(0));
    }

    [PartnerFact("node-opcua")]
    public async Task A_tag_that_did_not_change_is_told_again_after_an_outage_and_vouched_for()
    {
        await using NodeOpcuaServer server = await NodeOpcuaServer.StartAsync("""{"changeIntervalMs":0}""");
        await using var proxy = new TcpProxy(server.Port);
        await using IPushedEndpoint endpoint = Open($"opc.tcp://127.0.0.1:{proxy.Port}", "ns=2;s=Scalar.Int32", "ns=2;s=Nobody", "ns=2;s=Array.Int32 [1]");
        await endpoint.ConnectAsync(CancellationToken.None);
        List<Received> first = await ReceiveAsync(endpoint, all => all.Select(r => r.Reading.TagId).Distinct().Count() == 3);
        Assert.Equal(-320_000, first.First(r => r.Reading.TagId == 0).Reading.AsFloat64);
        Assert.Equal(Quality.BadNodeIdUnknown, first.First(r => r.Reading.TagId == 1).Reading.Quality);
        Assert.Equal(int.MaxValue, first.First(r => r.Reading.TagId == 2).Reading.AsFloat64);
        await Eventually.TrueAsync(() => endpoint.Vouches(0), "the subscription vouches");
        proxy.Refuse = true;
        proxy.Cut();
        await Eventually.TrueAsync(() => !endpoint.Vouches(0), "the cut is noticed");
        proxy.Refuse = false;
        List<Received> again = await ReceiveAsync(endpoint, all => all.Any(r => r.Reading.TagId == 0) && all.Any(r => r.Reading.TagId == 2));
        Assert.All(again.Where(r => r.Reading.TagId == 0), r => Assert.Equal(-320_000, r.Reading.AsFloat64));
        Assert.True(endpoint.Vouches(0));
    }

    [PartnerFact("node-opcua")]
    public async Task Polled_tags_have_one_reading_each_whatever_happens()
    {
        await using NodeOpcuaServer server = await NodeOpcuaServer.StartAsync("""{"limits":{"maxNodesPerRead":2}}""");
        var plan = (IPolledEndpointPlan)Compile(server.Url, "poll", "/Objects/2:Partner/2:Counters/2:Counter.1", "ns=2;s=Nobody", "nsu=urn:elsewhere;i=1", "ns=2;s=Scalar.Double");
        await using IPolledEndpoint endpoint = plan.Open(new EndpointServices([new ScanGroup(0, 0, 1000, [0, 1, 2, 3])], TimeProvider.System, NullLoggerFactory.Instance), null);
        await endpoint.ConnectAsync(CancellationToken.None);
        var batch = new ReadingBatch();
        ScanOutcome outcome = await endpoint.ScanAsync(new ScanRequest(0, 0), batch, CancellationToken.None);
        Assert.Equal(ScanAnswer.Answered, outcome.Answer);
        Reading[] readings = [.. batch.Readings.ToArray().OrderBy(reading => reading.TagId)];
        Assert.Equal([Quality.Good, Quality.BadNodeIdUnknown, Quality.BadNodeIdUnknown, Quality.Good], readings.Select(reading => reading.Quality));
        Assert.Equal(Math.PI, readings[3].AsFloat64);

        await server.Process.DisposeAsync();
        batch.Clear();
        outcome = await endpoint.ScanAsync(new ScanRequest(0, 0), batch, CancellationToken.None);
        Assert.Equal(ScanAnswer.ConnectionLost, outcome.Answer);
        Assert.Equal(4, batch.Count);
        Assert.All(batch.Readings.ToArray(), reading => Assert.True(reading.Quality.IsBad));
    }

    private static IPushedEndpoint Open(string url, params string[] addresses)
    {
        ScanGroup[] groups = [new ScanGroup(0, 0, 1000, [.. Enumerable.Range(0, addresses.Length)])];
        return ((IPushedEndpointPlan)Compile(url, "subscribe", addresses)).Open(new EndpointServices(groups, TimeProvider.System, NullLoggerFactory.Instance), null);
    }

    private static IEndpointPlan Compile(string url, string mode, params string[] addresses)
    {
        var settings = JsonDocument.Parse($$"""
            { "endpoints": [ "{{url}}" ], "securityMode": "none", "keepAliveMs": 1000, "reconnectDelayMsMax": 1000, "monitoring": { "mode": "{{mode}}", "samplingIntervalMs": 50, "publishingIntervalMs": 100 } }
            """).RootElement;
        var config = new EndpointConfig
        {
            Name = "e", Driver = "opc-ua", Settings = settings,
            Devices = [new DeviceConfig { Name = "d", Tags = [.. addresses.Select((address, i) => new TagConfig { Name = $"t{i}", Address = address })] }],
        };
        ConfigErrors errors = [];
        IEndpointPlan? plan = new OpcUaDriverFactory().Compile(config, ConfigPath.Root, errors);
        Assert.Empty(errors);
        return plan!;
    }

    private static async Task<List<Received>> ReceiveAsync(IPushedEndpoint endpoint, Func<List<Received>, bool> isEnough)
    {
        var all = new List<Received>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var batch = new ReadingBatch();
        while (!isEnough(all))
        {
            batch.Clear();
            PushOutcome outcome = await endpoint.ReceiveAsync(batch, patience.Token);
            all.AddRange(batch.Readings.ToArray().Select(reading => new Received(outcome.Kind, reading)));
        }
        return all;
    }
}
