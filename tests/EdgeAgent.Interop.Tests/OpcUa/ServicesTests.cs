using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Protocols.OpcUa.Services.Views;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.OpcUa;

public sealed class ServicesTests
{
    [PartnerFact("node-opcua")]
    public async Task A_namespace_can_be_browsed_that_needs_continuation_points()
    {
        await using NodeOpcuaServer server = await NodeOpcuaServer.StartAsync("""{"many":6000}""");
        await using OpcUaClient client = await OpcUaClients.ConnectAsync(server);
        var hierarchical = new NodeId(33);
        BrowseResult[] results = await client.BrowseAsync(
            [new BrowseTarget(new NodeId(2, "Many"), BrowseDirection.Forward, hierarchical, true, 0), new BrowseTarget(new NodeId(2, "NoSuchNode"), BrowseDirection.Forward, hierarchical, true, 0)]);
        Assert.Equal(6000, results[0].References!.Length);
        Assert.Equal(Enumerable.Range(100000, 6000).Select(i => (uint)i), results[0].References!.Select(r => r.NodeId.NodeId.Number));
        Assert.Equal(StatusCodes.BadNodeIdUnknown, results[1].Status.Value);
        Assert.Equal("urn:edgeagent:partner", client.NamespaceArray[2]);
    }

    [PartnerFact("node-opcua")]
    public async Task More_nodes_than_the_server_takes_at_once_are_read_in_several_requests()
    {
        await using NodeOpcuaServer server = await NodeOpcuaServer.StartAsync("""{"many":500,"limits":{"maxNodesPerRead":60}}""");
        await using OpcUaClient client = await OpcUaClients.ConnectAsync(server);
        Assert.Equal(60u, client.OperationLimits.NodesPerRead);
        ReadTarget[] targets = [.. Enumerable.Range(0, 500).Select(i => new ReadTarget(new NodeId(2, 100000 + (uint)i), ReadTarget.ValueAttribute))];
        var values = new DataValue[500];
        long before = client.Statistics.Requests;
        Assert.Equal(StatusCodes.Good, (await client.ReadAsync(targets, values)).Value);
        Assert.Equal(Enumerable.Range(0, 500), values.Select(v => v.Value.TryGetInt64(out long value) ? (int)value : -1));
        Assert.Equal(9, client.Statistics.Requests - before);
    }

    [PartnerFact("node-opcua")]
    public async Task Who_serves_at_an_address_is_told_without_a_session()
    {
        await using NodeOpcuaServer server = await NodeOpcuaServer.StartAsync();
        (IReadOnlyList<DiscoveredServer> servers, IReadOnlyList<OfferedEndpoint> endpoints) =
            await OpcUaDiscovery.AskAsync(OpcUaClients.Address(server.Url), TimeSpan.FromSeconds(20));
        Assert.NotEmpty(Assert.Single(servers).Urls);
        Assert.NotEmpty(servers[0].ApplicationUri);
        Assert.Contains(endpoints, e => e.Mode == "None" && e.Users.Contains("Anonymous"));
        Assert.Contains(endpoints, e => e.Mode == "SignAndEncrypt" && e.PolicyUri.EndsWith("#Basic256Sha256", StringComparison.Ordinal));
        Assert.Equal(40, Assert.Single(endpoints.Select(e => e.CertificateThumbprint).Distinct()).Length);

        await server.Process.DisposeAsync();
        await Assert.ThrowsAsync<OpcUaConnectException>(() => OpcUaDiscovery.AskAsync(OpcUaClients.Address(server.Url), TimeSpan.FromSeconds(5)));
    }
}
