using System.Diagnostics.CodeAnalysis;

namespace EdgeAgent.Protocols.OpcUa;

/// <summary>A NodeId that may name its namespace by URI, so that it survives a server that renumbers them, and its server by index.</summary>
public readonly record struct ExpandedNodeId(NodeId NodeId, string? NamespaceUri = null, uint ServerIndex = 0)
{
    /// <summary>Reads `nsu=http://example.org/press;s=Count`, `svr=1;nsu=…` and everything that <see cref="NodeId.TryParse"/> reads.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ExpandedNodeId id)
    {
        id = default;
        return text is not null && NodeIdText.TryRead(text, out id);
    }

    /// <summary>The id as this server numbers it: the URI is looked up among the server's namespaces.</summary>
    public bool TryResolve(IReadOnlyList<string?> namespaces, out NodeId id)
    {
        id = NodeId;
        if (NamespaceUri is null)
        {
            return ServerIndex == 0;
        }
        for (int index = 0; index < namespaces.Count && index <= ushort.MaxValue; index++)
        {
            if (namespaces[index] == NamespaceUri)
            {
                id = NodeId.In((ushort)index);
                return ServerIndex == 0;
            }
        }
        return false;
    }

    public override string ToString() => NodeIdText.Write(this);
}
