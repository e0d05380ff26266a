using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Views;

/// <summary>A node to start from and the steps to the node that is wanted (OPC 10000-4 §5.9.4).</summary>
public readonly record struct BrowsePath(NodeId Start, RelativePathElement[]? Elements)
{
    internal const int BytesMin = 6;

    internal void Write(UaBuffer target)
    {
        target.WriteNodeId(Start);
        target.WriteEach(Elements, static (b, item) => item.Write(b));
    }

    internal static BrowsePath Read(ref UaReader reader) =>
        new(reader.ReadNodeId(), reader.ReadEach(RelativePathElement.BytesMin, static (ref UaReader r) => RelativePathElement.Read(ref r)));
}
