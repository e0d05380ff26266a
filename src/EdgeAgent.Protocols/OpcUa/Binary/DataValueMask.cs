namespace EdgeAgent.Protocols.OpcUa.Binary;

/// <summary>Which fields of a data value are on the wire (OPC 10000-6 §5.2.2.17).</summary>
[Flags]
internal enum DataValueMask : byte
{
    None = 0,
    Value = 1,
    Status = 2,
    SourceTimestamp = 4,
    ServerTimestamp = 8,
    SourcePicoseconds = 16,
    ServerPicoseconds = 32,
    All = 63,
}
