using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Attributes;

/// <summary>An attribute of a node to read, or elements of it (OPC 10000-4 §7.29).</summary>
/// <param name="IndexRange">Such as `2`, `0:4` or `1,0:2`; null for the whole value.</param>
public readonly record struct ReadTarget(NodeId NodeId, uint AttributeId, string? IndexRange = null)
{
    public const uint ValueAttribute = 13;
    internal const int BytesMin = 16;

    internal void Write(UaBuffer target)
    {
        target.WriteNodeId(NodeId);
        target.WriteUInt32(AttributeId);
        target.WriteString(IndexRange);
        target.WriteQualifiedName(default); // the default encoding, which is the binary one
    }

    internal static ReadTarget Read(ref UaReader reader)
    {
        var target = new ReadTarget(reader.ReadNodeId(), reader.ReadUInt32(), reader.ReadString());
        reader.ReadQualifiedName();
        return target;
    }
}
