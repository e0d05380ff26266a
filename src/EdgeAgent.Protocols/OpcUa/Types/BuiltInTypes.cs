namespace EdgeAgent.Protocols.OpcUa;

/// <summary>Which .NET type stands for which built-in type in arrays.</summary>
internal static class BuiltInTypes
{
    public static BuiltInType Of(Type type) =>
        type == typeof(bool) ? BuiltInType.Boolean
        : type == typeof(sbyte) ? BuiltInType.SByte
        : type == typeof(byte) ? BuiltInType.Byte
        : type == typeof(short) ? BuiltInType.Int16
        : type == typeof(ushort) ? BuiltInType.UInt16
        : type == typeof(int) ? BuiltInType.Int32
        : type == typeof(uint) ? BuiltInType.UInt32
        : type == typeof(long) ? BuiltInType.Int64
        : type == typeof(ulong) ? BuiltInType.UInt64
        : type == typeof(float) ? BuiltInType.Float
        : type == typeof(double) ? BuiltInType.Double
        : type == typeof(string) ? BuiltInType.String
        : type == typeof(DateTime) ? BuiltInType.DateTime
        : type == typeof(Guid) ? BuiltInType.Guid
        : type == typeof(byte[]) ? BuiltInType.ByteString
        : type == typeof(NodeId) ? BuiltInType.NodeId
        : type == typeof(ExpandedNodeId) ? BuiltInType.ExpandedNodeId
        : type == typeof(StatusCode) ? BuiltInType.StatusCode
        : type == typeof(QualifiedName) ? BuiltInType.QualifiedName
        : type == typeof(LocalizedText) ? BuiltInType.LocalizedText
        : type == typeof(ExtensionObject) ? BuiltInType.ExtensionObject
        : type == typeof(DataValue) ? BuiltInType.DataValue
        : type == typeof(Variant) ? BuiltInType.Variant
        : type == typeof(DiagnosticInfo) ? BuiltInType.DiagnosticInfo
        : BuiltInType.Null;
}
