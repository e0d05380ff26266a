using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Views;

/// <summary>One step of a browse path: along which references, to which browse name (OPC 10000-4 §7.31).</summary>
public readonly record struct RelativePathElement(NodeId ReferenceType, bool IsInverse, bool IncludesSubtypes, QualifiedName TargetName)
{
    internal const int BytesMin = 10;

    internal void Write(UaBuffer target)
    {
        target.WriteNodeId(ReferenceType);
        target.WriteBoolean(IsInverse);
        target.WriteBoolean(IncludesSubtypes);
        target.WriteQualifiedName(TargetName);
    }

    internal static RelativePathElement Read(ref UaReader reader) =>
        new(reader.ReadNodeId(), reader.ReadBoolean(), reader.ReadBoolean(), reader.ReadQualifiedName());
}
