using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Views;

/// <summary>A node that a browse path leads to (OPC 10000-4 §5.9.4).</summary>
/// <param name="RemainingIndex">The first step that could not be taken because it leaves the server; <see cref="Complete"/> when all were.</param>
public readonly record struct BrowsePathTarget(ExpandedNodeId NodeId, uint RemainingIndex)
{
    public const uint Complete = uint.MaxValue;
    internal const int BytesMin = 6;

    internal void Write(UaBuffer target)
    {
        target.WriteExpandedNodeId(NodeId);
        target.WriteUInt32(RemainingIndex);
    }

    internal static BrowsePathTarget Read(ref UaReader reader) => new(reader.ReadExpandedNodeId(), reader.ReadUInt32());
}
