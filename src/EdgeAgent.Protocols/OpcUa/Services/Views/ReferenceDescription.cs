using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Views;

/// <summary>A reference and the node at its end (OPC 10000-4 §7.30).</summary>
public sealed record ReferenceDescription(
    NodeId ReferenceType, bool IsForward, ExpandedNodeId NodeId, QualifiedName BrowseName, LocalizedText DisplayName, int NodeClass, ExpandedNodeId TypeDefinition)
{
    internal const int BytesMin = 18;

    internal void Write(UaBuffer target)
    {
        target.WriteNodeId(ReferenceType);
        target.WriteBoolean(IsForward);
        target.WriteExpandedNodeId(NodeId);
        target.WriteQualifiedName(BrowseName);
        target.WriteLocalizedText(DisplayName);
        target.WriteInt32(NodeClass);
        target.WriteExpandedNodeId(TypeDefinition);
    }

    internal static ReferenceDescription Read(ref UaReader reader) => new(
        reader.ReadNodeId(), reader.ReadBoolean(), reader.ReadExpandedNodeId(), reader.ReadQualifiedName(), reader.ReadLocalizedText(), reader.ReadInt32(),
        reader.ReadExpandedNodeId());
}
