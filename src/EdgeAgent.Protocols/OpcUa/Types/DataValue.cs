namespace EdgeAgent.Protocols.OpcUa;

/// <summary>A value with its status and the instants at which it arose; an instant that is not known is `default`.</summary>
/// <param name="SourcePicoseconds">Tens of picoseconds to add to the source's instant.</param>
/// <param name="ServerPicoseconds">Tens of picoseconds to add to the server's instant.</param>
public readonly record struct DataValue(
    Variant Value,
    StatusCode Status = default,
    DateTime SourceTimestamp = default,
    DateTime ServerTimestamp = default,
    ushort SourcePicoseconds = 0,
    ushort ServerPicoseconds = 0);
