using System.Diagnostics;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.OpcUa;

/// <summary>What breaks between us and a real server, and that data can be read again after it.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private static readonly ReadTarget[] s_state = [new(new NodeId(2, "Scalar.Int32"), ReadTarget.ValueAttribute)];

    private NodeOpcuaServer? _server;
    private TcpProxy? _proxy;

    public async Task InitializeAsync()
    {
        if (Partners.Has("node-opcua"))
        {
            _server = await NodeOpcuaServer.StartAsync();
            _proxy = new TcpProxy(_server.Port);
        }
    }

    public async Task DisposeAsync()
    {
        await (_proxy?.DisposeAsync() ?? default);
        await (_server?.DisposeAsync() ?? default);
    }

    [PartnerFact("node-opcua")]
    public async Task After_a_cut_the_same_session_goes_on()
    {
        await using OpcUaClient client = await OpcUaClients.ConnectAsync(Quick());
        var heard = new SessionLog();
        ((IUaServiceChannel)client).Observe(heard);
        _proxy!.Cut();
        await ReadsAgainAsync(client, connections: 2);
        Assert.Equal(1, client.SessionNumber);
        Assert.Equal(["lost 1", "continued 2/1"], heard.Lines);
    }

    [PartnerFact("node-opcua")]
    public async Task After_a_cut_longer_than_the_sessions_timeout_there_is_a_new_session()
    {
        await using OpcUaClient client = await OpcUaClients.ConnectAsync(Quick() with { SessionTimeoutMs = 1500 });
        var heard = new SessionLog();
        ((IUaServiceChannel)client).Observe(heard);
        _proxy!.Refuse = true;
        _proxy.Cut();
        await Eventually.TrueAsync(async () => (int)(await _server!.CommandAsync("statistics"))["sessions"]! == 0, "the server dropped the session");
        Assert.Equal(OpcUaClientState.Reconnecting, client.State);
        Assert.Equal(StatusCodes.BadNotConnected, (await client.ReadAsync(s_state, new DataValue[1])).Value);
        _proxy.Refuse = false;
        await ReadsAgainAsync(client, connections: 2);
        Assert.Equal(["lost 1", "created 2/2"], heard.Lines);
    }

    [PartnerFact("node-opcua")]
    public async Task A_frozen_link_is_noticed_within_two_keep_alive_times_and_replaced()
    {
        await using OpcUaClient client = await OpcUaClients.ConnectAsync(Quick());
        await ReadsAgainAsync(client, connections: 1);
        var clock = Stopwatch.StartNew();
        _proxy!.Freeze();
        ValueTask<StatusCode> waiting = client.ReadAsync(s_state, new DataValue[1]);
        Assert.Equal(StatusCodes.BadConnectionClosed, (await waiting).Value);
        Assert.InRange(clock.ElapsedMilliseconds, 500, 15_000);
        await Eventually.TrueAsync(() => client.LastProblem.Contains("sign of life", StringComparison.Ordinal) || client.ConnectionNumber > 1, "the loss was told");
        _proxy.Thaw();
        _proxy.Cut();
        await ReadsAgainAsync(client, connections: 2);
        Assert.Equal(1, client.SessionNumber);
    }

    [PartnerFact("node-opcua")]
    public async Task A_server_that_was_killed_is_used_again_when_it_is_back()
    {
        await using OpcUaClient client = await OpcUaClients.ConnectAsync(Quick() with { Endpoints = [OpcUaClients.Address(_server!.Url)] });
        _server.Process.Kill();
        await Eventually.TrueAsync(() => client.State == OpcUaClientState.Reconnecting, "the loss was noticed");
        await _server.RestartAsync(changes: """{"namespacesBefore":3}""");
        await Eventually.TrueAsync(() => client.State == OpcUaClientState.Connected, "connected again");
        Assert.Equal(2, client.SessionNumber);
        Assert.Equal("urn:edgeagent:partner", client.NamespaceArray[5]);
    }

    [PartnerFact("node-opcua")]
    public async Task A_server_that_stops_in_order_is_used_again_when_it_is_back()
    {
        await using OpcUaClient client = await OpcUaClients.ConnectAsync(Quick() with { Endpoints = [OpcUaClients.Address(_server!.Url)] });
        await _server.RestartAsync(inOrder: true);
        await Eventually.TrueAsync(() => client.State == OpcUaClientState.Connected && client.SessionNumber == 2, "connected again");
        Assert.Equal(StatusCodes.Good, (await client.ReadAsync(s_state, new DataValue[1])).Value);
    }

    [PartnerFact("node-opcua")]
    public async Task When_the_first_of_two_servers_is_gone_the_other_is_used()
    {
        await using NodeOpcuaServer second = await NodeOpcuaServer.StartAsync();
        OpcUaClientOptions options = Quick() with { Endpoints = [OpcUaClients.Address($"opc.tcp://127.0.0.1:{_proxy!.Port}"), OpcUaClients.Address(second.Url)] };
        await using OpcUaClient client = await OpcUaClients.ConnectAsync(options);
        Assert.Equal(options.Endpoints[0], client.Server);
        _proxy.Refuse = true;
        _proxy.Cut();
        await Eventually.TrueAsync(() => client.Server == options.Endpoints[1] && client.State == OpcUaClientState.Connected, "the second server is used");
        Assert.Equal(StatusCodes.Good, (await client.ReadAsync(s_state, new DataValue[1])).Value);
        _proxy.Refuse = false;
        await second.DisposeAsync();
        await Eventually.TrueAsync(() => client.Server == options.Endpoints[0] && client.State == OpcUaClientState.Connected, "the first server is used again");
        Assert.Equal(StatusCodes.Good, (await client.ReadAsync(s_state, new DataValue[1])).Value);
    }

    [PartnerFact("node-opcua")]
    public async Task Closing_does_not_wait_for_a_publish_that_will_not_come()
    {
        OpcUaClient client = await OpcUaClients.ConnectAsync(Quick());
        IUaServiceChannel channel = client;
        var create = new RareExchange<CreateSubscriptionResponse>(
            static (target, header) => new CreateSubscriptionRequest(header, 60_000, 1000, 100, 0, true, 0).Write(target), CreateSubscriptionResponse.TryRead, static r => r.Header);
        Assert.Equal(StatusCodes.Good, (await channel.CallAsync(create, TimeSpan.FromSeconds(10), default)).Value);
        ValueTask<StatusCode>[] publishes = [.. Enumerable.Range(0, 3).Select(_ => channel.CallAsync(new PublishCall(), Timeout.InfiniteTimeSpan, default))];
        var clock = Stopwatch.StartNew();
        await client.DisconnectAsync();
        Assert.InRange(clock.ElapsedMilliseconds, 0, 30_000);
        foreach (ValueTask<StatusCode> publish in publishes)
        {
            Assert.True((await publish).IsBad);
        }
        await Eventually.TrueAsync(async () => (int)(await _server!.CommandAsync("statistics"))["sessions"]! == 0, "the session was closed");
    }

    [PartnerFact("node-opcua")]
    public async Task Closing_does_not_wait_for_a_server_that_is_frozen()
    {
        OpcUaClient client = await OpcUaClients.ConnectAsync(Quick() with { KeepAliveMs = 60_000 });
        _proxy!.Freeze();
        var clock = Stopwatch.StartNew();
        await client.DisconnectAsync();
        Assert.InRange(clock.ElapsedMilliseconds, 0, 30_000);
        Assert.Equal(OpcUaClientState.Disconnected, client.State);
    }

    private OpcUaClientOptions Quick() => OpcUaClients.Open($"opc.tcp://127.0.0.1:{_proxy!.Port}") with { KeepAliveMs = 1000 };

    private static async Task ReadsAgainAsync(OpcUaClient client, int connections)
    {
        await Eventually.TrueAsync(() => client.ConnectionNumber == connections && client.State == OpcUaClientState.Connected, $"connection {connections} stands");
        var values = new DataValue[1];
        Assert.Equal(StatusCodes.Good, (await client.ReadAsync(s_state, values)).Value);
        Assert.Equal(-320000, values[0].Value.TryGetInt64(out long value) ? value : 0);
    }
}
