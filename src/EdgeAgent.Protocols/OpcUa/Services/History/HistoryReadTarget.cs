using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.History;

/// <summary>A node whose history is wanted, or the rest of it (OPC 10000-4 §5.11.3).</summary>
/// <param name="ContinuationPoint">What the response before gave when there was more; null to begin.</param>
public readonly record struct HistoryReadTarget(NodeId NodeId, string? IndexRange = null, byte[]? ContinuationPoint = null)
{
    internal const int BytesMin = 16;

    internal void Write(UaBuffer target)
    {
        target.WriteNodeId(NodeId);
        target.WriteString(IndexRange);
        target.WriteQualifiedName(default); // the default encoding, which is the binary one
        target.WriteByteString(ContinuationPoint);
    }

    internal static HistoryReadTarget Read(ref UaReader reader)
    {
        NodeId id = reader.ReadNodeId();
        string? range = reader.ReadString();
        reader.ReadQualifiedName();
        return new HistoryReadTarget(id, range, reader.ReadByteString());
    }
}
