using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Protocols.OpcUa.Services.Views;

namespace EdgeAgent.Commands.Browse;

/// <summary>Walks a server's nodes level by level along hierarchical references, each node once, and reads the variables' values.</summary>
internal sealed class NodeWalk(OpcUaClient client, int depthMax, string server)
{
    public const int EveryNamespace = -1;

    // Hundreds of nodes of diagnostics that nobody collects; who wants them starts there.
    private static readonly NodeId s_server = new(2253);
    private static readonly NodeId s_hierarchical = new(33);

    private readonly HashSet<NodeId> _seen = [];

    /// <summary>Every node found, in the order of the walk.</summary>
    public List<BrowsedNode> Nodes { get; } = [];

    public List<BrowsedNode> Roots { get; } = [];

    public List<string> Problems { get; } = [];

    public async Task RunAsync(NodeId start, CancellationToken cancellation)
    {
        _seen.Add(start);
        _seen.Add(s_server);
        List<BrowsedNode> level = await BelowAsync([new BrowsedNode(start, "", "", 1, -1)], cancellation);
        Roots.AddRange(level);
        for (int depth = 1; depth < depthMax && level.Count > 0; depth++)
        {
            level = await BelowAsync(level, cancellation);
        }
        await ReadAsync([.. Nodes.Where(node => node.IsVariable)], cancellation);
    }

    private async Task<List<BrowsedNode>> BelowAsync(List<BrowsedNode> parents, CancellationToken cancellation)
    {
        BrowseTarget[] targets = [.. parents.Select(parent => new BrowseTarget(parent.Id, BrowseDirection.Forward, s_hierarchical, true, 0))];
        BrowseResult[] results = await client.BrowseAsync(targets, cancellation);
        var found = new List<BrowsedNode>();
        for (int i = 0; i < results.Length; i++)
        {
            if (results[i].Status.IsBad)
            {
                Problems.Add($"{server}: {parents[i].Id} could not be browsed ({results[i].Status})");
            }
            foreach (ReferenceDescription reference in results[i].References ?? [])
            {
                if (reference.NodeId.TryResolve(client.NamespaceArray, out NodeId id) && _seen.Add(id))
                {
                    string name = reference.BrowseName.Name ?? "";
                    string path = parents[i].Path.Length == 0 ? name : $"{parents[i].Path}.{name}";
                    var node = new BrowsedNode(id, name, path, reference.NodeClass, parents[i].Level + 1);
                    parents[i].Children.Add(node);
                    found.Add(node);
                }
            }
        }
        Nodes.AddRange(found);
        return found;
    }

    private async Task ReadAsync(BrowsedNode[] variables, CancellationToken cancellation)
    {
        ReadTarget[] targets = [.. variables.Select(node => new ReadTarget(node.Id, ReadTarget.ValueAttribute))];
        var values = new DataValue[targets.Length];
        StatusCode status = await client.ReadAsync(targets, values, cancellation: cancellation);
        if (status.IsBad)
        {
            Problems.Add($"{server}: the values could not be read ({status})");
            return;
        }
        for (int i = 0; i < variables.Length; i++)
        {
            variables[i].Value = values[i];
        }
    }
}
