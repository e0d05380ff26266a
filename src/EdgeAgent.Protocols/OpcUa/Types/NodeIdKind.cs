namespace EdgeAgent.Protocols.OpcUa;

/// <summary>What kind of identifier a NodeId holds.</summary>
public enum NodeIdKind : byte
{
    Numeric,
    String,
    Guid,
    Opaque,
}
