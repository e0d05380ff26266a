using System.Diagnostics;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Subscriptions;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.OpcUa;

/// <summary>Subscriptions at npm's node-opcua, with every fault that a plant's network and servers know.</summary>
public sealed class SubscriptionTests
{
    // A queue of 100 at 100 ms bridges ten seconds.
    private const uint QueueSize = 100;

    private static readonly SubscriptionOptions s_options = new() { PublishingIntervalMs = 100, KeepAliveMs = 1000 };

    [PartnerFact("node-opcua")]
    public async Task A_thousand_items_at_100_ms_lose_nothing()
    {
        await using NodeOpcuaServer server = await NodeOpcuaServer.StartAsync("""{"counters":1000}""");
        await using OpcUaClient client = await OpcUaClients.ConnectAsync(server);
        var sink = new CountingSink(1000);
        await using OpcUaSubscription subscription = client.CreateSubscription(s_options, Items(1000), sink);
        await sink.ReachAsync(20);
        sink.AssertComplete();
        Assert.Equal(0, subscription.Statistics.Lost);
        Assert.Equal(100, subscription.RevisedPublishingIntervalMs);
    }

    [PartnerFact("node-opcua")]
    public async Task A_deadband_holds_small_changes_back()
    {
        await using NodeOpcuaServer server = await NodeOpcuaServer.StartAsync("""{"changeIntervalMs":0}""");
        await using OpcUaClient client = await OpcUaClients.ConnectAsync(server);
        var sink = new CountingSink(1);
        MonitoredItemOptions item = new(0, QueueSize, Filter: new DataChangeFilter(DataChangeTrigger.StatusValue, DeadbandKind.Absolute, 10));
        await using OpcUaSubscription subscription = client.CreateSubscription(s_options, [item], sink);
        await sink.ReachAsync(1);
        foreach (int value in new[] { 5, 9, 30, 35, 60 })
        {
            await server.CommandAsync("set", $$"""{"node":"s=Counter.0","type":"Int32","value":{{value}}}""");
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
        }
        await Eventually.TrueAsync(() => sink.Last(0) == 60, "the last change came");
        Assert.Equal([0, 30, 60], sink.Of(0));
    }

    [PartnerFact("node-opcua")]
    public async Task A_cut_within_the_session_costs_no_value()
    {
        await using NodeOpcuaServer server = await NodeOpcuaServer.StartAsync();
        await using var proxy = new TcpProxy(server.Port);
        await using OpcUaClient client = await OpcUaClients.ConnectAsync(OpcUaClients.Open($"opc.tcp://127.0.0.1:{proxy.Port}"));
        var sink = new CountingSink(10);
        await using OpcUaSubscription subscription = client.CreateSubscription(s_options, Items(10), sink);
        await sink.ReachAsync(5);
        await CutAsync(proxy, TimeSpan.FromSeconds(5));
        await sink.ReachMoreAsync(30);
        sink.AssertComplete();
        SubscriptionStatistics counted = subscription.Statistics;
        Assert.Equal((0, 0, 0), (counted.Lost, counted.Recreated, counted.Overflows));
    }

    [PartnerFact("node-opcua")]
    public async Task A_cut_longer_than_the_session_costs_no_value_where_subscriptions_are_transferred()
    {
        await using NodeOpcuaServer server = await NodeOpcuaServer.StartAsync("""{"changeIntervalMs":200}""");
        await using var proxy = new TcpProxy(server.Port);
        await using OpcUaClient client = await OpcUaClients.ConnectAsync(
            OpcUaClients.Open($"opc.tcp://127.0.0.1:{proxy.Port}") with { SessionTimeoutMs = 1000 });
        var sink = new CountingSink(10);
        await using OpcUaSubscription subscription = client.CreateSubscription(s_options with { LifetimeMs = 120_000 }, Items(10), sink);
        await sink.ReachAsync(5);
        int sessions = client.SessionNumber;
        // Fifty changes in ten seconds: a queue of a hundred holds them and what a busy machine adds.
        await CutAsync(proxy, TimeSpan.FromSeconds(10));
        await sink.ReachMoreAsync(60);
        sink.AssertComplete();
        SubscriptionStatistics counted = subscription.Statistics;
        Assert.Equal((0, 0), (counted.Lost, counted.Recreated));
        Assert.True(client.SessionNumber > sessions, "the session outlived the cut");
        Assert.Equal(client.SessionNumber - sessions, counted.Transferred);
    }

    [PartnerFact("node-opcua")]
    public async Task A_server_that_lost_the_subscription_gets_it_anew_and_the_loss_is_counted()
    {
        await using NodeOpcuaServer server = await NodeOpcuaServer.StartAsync();
        await using OpcUaClient client = await OpcUaClients.ConnectAsync(server);
        var sink = new CountingSink(10);
        sink.ResolveWith(client);
        await using OpcUaSubscription subscription = client.CreateSubscription(s_options, Items(10), sink);
        await sink.ReachAsync(5);
        // Killed, and back with its namespaces shifted.
        await server.RestartAsync(changes: """{"namespacesBefore":3}""");
        sink.Clear();
        await sink.ReachAsync(5);
        Assert.Equal("urn:edgeagent:partner", client.NamespaceArray[5]);
        Assert.Equal(1, subscription.Statistics.Recreated);
        Assert.Equal(-1, Assert.Single(sink.Losses));
        sink.AssertComplete();
    }

    [PartnerFact("node-opcua")]
    public async Task After_a_link_that_was_frozen_for_15_s_values_stay_in_order()
    {
        await using NodeOpcuaServer server = await NodeOpcuaServer.StartAsync();
        await using var proxy = new TcpProxy(server.Port);
        await using OpcUaClient client = await OpcUaClients.ConnectAsync(OpcUaClients.Open($"opc.tcp://127.0.0.1:{proxy.Port}") with { KeepAliveMs = 2000 });
        var sink = new CountingSink(10);
        await using OpcUaSubscription subscription = client.CreateSubscription(s_options, Items(10, queueSize: 1000), sink);
        await sink.ReachAsync(5);
        var frozen = Stopwatch.StartNew();
        proxy.Freeze();
        await Eventually.TrueAsync(() => !subscription.IsAlive, "the silence is noticed");
        TimeSpan noticed = frozen.Elapsed;
        await Task.Delay(TimeSpan.FromSeconds(15) - frozen.Elapsed, TimeProvider.System);
        proxy.Thaw();
        await sink.ReachMoreAsync(60);
        sink.AssertComplete();
        // One second of keep-alive and its margin; the rest is what a busy machine needs.
        Assert.InRange(noticed, TimeSpan.Zero, subscription.SilenceAfter + TimeSpan.FromSeconds(8));
        Assert.Equal(0, subscription.Statistics.Lost);
    }

    [PartnerFact("node-opcua")]
    public async Task An_unknown_node_costs_only_itself()
    {
        await using NodeOpcuaServer server = await NodeOpcuaServer.StartAsync("""{"limits":{"maxMonitoredItemsPerCall":3}}""");
        await using OpcUaClient client = await OpcUaClients.ConnectAsync(server);
        var sink = new CountingSink(11);
        await using OpcUaSubscription subscription = client.CreateSubscription(s_options, Items(11), sink);
        await Eventually.TrueAsync(() => sink.Statuses[10].Value == StatusCodes.BadNodeIdUnknown, "the unknown node is told");
        await sink.ReachAsync(5, items: 10);
        Assert.Equal(SubscriptionState.Live, subscription.State);
    }

    [PartnerFact("node-opcua")]
    public async Task A_cut_of_60_s_costs_no_value()
    {
        await using NodeOpcuaServer server = await NodeOpcuaServer.StartAsync();
        await using var proxy = new TcpProxy(server.Port);
        await using OpcUaClient client = await OpcUaClients.ConnectAsync(
            OpcUaClients.Open($"opc.tcp://127.0.0.1:{proxy.Port}") with { SessionTimeoutMs = 30_000 });
        var sink = new CountingSink(10);
        await using OpcUaSubscription subscription = client.CreateSubscription(s_options, Items(10, queueSize: 5000), sink);
        await sink.ReachAsync(5);
        await CutAsync(proxy, TimeSpan.FromSeconds(60));
        await sink.ReachMoreAsync(620);
        sink.AssertComplete();
        Assert.Equal((0, 0), (subscription.Statistics.Lost, subscription.Statistics.Recreated));
    }

    private static MonitoredItemOptions[] Items(int count, uint queueSize = QueueSize) =>
        [.. Enumerable.Repeat(new MonitoredItemOptions(SamplingIntervalMs: 0, QueueSize: queueSize), count)];

    private static async Task CutAsync(TcpProxy proxy, TimeSpan duration)
    {
        proxy.Refuse = true;
        proxy.Cut();
        await Task.Delay(duration, TimeProvider.System);
        proxy.Refuse = false;
    }
}
