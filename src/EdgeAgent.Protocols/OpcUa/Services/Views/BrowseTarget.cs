using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Views;

/// <summary>A node whose references are wanted, and which of them (OPC 10000-4 §5.8.2).</summary>
/// <param name="NodeClasses">A bit for each class wanted; 0 for all.</param>
public readonly record struct BrowseTarget(NodeId NodeId, BrowseDirection Direction, NodeId ReferenceType, bool IncludesSubtypes, uint NodeClasses)
{
    internal const int BytesMin = 17;

    // All fields of a reference description.
    private const uint AllFields = 0x3F;

    internal void Write(UaBuffer target)
    {
        target.WriteNodeId(NodeId);
        target.WriteInt32((int)Direction);
        target.WriteNodeId(ReferenceType);
        target.WriteBoolean(IncludesSubtypes);
        target.WriteUInt32(NodeClasses);
        target.WriteUInt32(AllFields);
    }

    internal static BrowseTarget Read(ref UaReader reader)
    {
        var target = new BrowseTarget(
            reader.ReadNodeId(), (BrowseDirection)reader.ReadInt32(), reader.ReadNodeId(), reader.ReadBoolean(), reader.ReadUInt32());
        reader.ReadUInt32();
        return target;
    }
}
