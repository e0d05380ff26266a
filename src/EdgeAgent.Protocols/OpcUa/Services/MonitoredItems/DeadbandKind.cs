namespace EdgeAgent.Protocols.OpcUa;

/// <summary>How a server's deadband is measured; the numbers are those on the wire (OPC 10000-4 §7.22.2).</summary>
public enum DeadbandKind
{
    None = 0,

    /// <summary>In the unit of the value.</summary>
    Absolute = 1,

    /// <summary>In percent of the range that the server knows for the node (its EURange).</summary>
    Percent = 2,
}
