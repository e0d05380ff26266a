using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Services.Views;
using EdgeAgent.Protocols.OpcUa.Subscriptions;

namespace EdgeAgent.Collector.Drivers.OpcUa.Addresses;

/// <summary>Finds the nodes of tags in the present session: namespaces by their URI, and browse paths by asking the server.</summary>
internal sealed class NodeLookup(OpcUaClient client)
{
    private static readonly NodeId s_root = new(84);
    private static readonly NodeId s_hierarchical = new(33);

    /// <summary>Fills in one result for each tag. A bad status stands for all of them.</summary>
    public async ValueTask<StatusCode> ResolveAsync(IReadOnlyList<OpcUaTag> tags, Memory<NodeResolution> nodes, CancellationToken cancellation)
    {
        if (client.State != OpcUaClientState.Connected)
        {
            return StatusCodes.BadNotConnected;
        }
        IReadOnlyList<string?> namespaces = client.NamespaceArray;
        var paths = new List<BrowsePath>();
        var asked = new List<int>();
        for (int i = 0; i < tags.Count; i++)
        {
            TagAddress address = tags[i].Address;
            if (address.Path is null)
            {
                nodes.Span[i] = address.NodeId.TryResolve(namespaces, out NodeId id) ? new NodeResolution(id) : new NodeResolution(default, StatusCodes.BadNodeIdUnknown);
            }
            else if (TryPath(address.Path, namespaces, out BrowsePath path))
            {
                paths.Add(path);
                asked.Add(i);
            }
            else
            {
                nodes.Span[i] = new NodeResolution(default, StatusCodes.BadNoMatch);
            }
        }
        if (paths.Count == 0)
        {
            return StatusCodes.Good;
        }
        BrowsePathResult[] results = await client.TranslateAsync(paths, cancellation).ConfigureAwait(false);
        for (int i = 0; i < results.Length; i++)
        {
            nodes.Span[asked[i]] = ResolutionOf(results[i], namespaces);
        }
        // A lost connection is no answer about nodes.
        return client.State == OpcUaClientState.Connected ? StatusCodes.Good : StatusCodes.BadNotConnected;
    }

    private static NodeResolution ResolutionOf(BrowsePathResult result, IReadOnlyList<string?> namespaces)
    {
        foreach (BrowsePathTarget target in result.Targets ?? [])
        {
            if (target.RemainingIndex == BrowsePathTarget.Complete && target.NodeId.TryResolve(namespaces, out NodeId id))
            {
                return new NodeResolution(id);
            }
        }
        return new NodeResolution(default, result.Status.IsBad ? result.Status : StatusCodes.BadNoMatch);
    }

    private static bool TryPath(IReadOnlyList<PathElement> elements, IReadOnlyList<string?> namespaces, out BrowsePath path)
    {
        var steps = new RelativePathElement[elements.Count];
        path = new BrowsePath(s_root, steps);
        for (int i = 0; i < steps.Length; i++)
        {
            ushort index = elements[i].NamespaceIndex;
            if (elements[i].NamespaceUri is { } uri && !TryIndex(namespaces, uri, out index))
            {
                return false;
            }
            steps[i] = new RelativePathElement(s_hierarchical, false, true, new QualifiedName(index, elements[i].Name));
        }
        return true;
    }

    private static bool TryIndex(IReadOnlyList<string?> namespaces, string uri, out ushort index)
    {
        for (int i = 0; i < namespaces.Count && i <= ushort.MaxValue; i++)
        {
            if (namespaces[i] == uri)
            {
                index = (ushort)i;
                return true;
            }
        }
        index = 0;
        return false;
    }
}
