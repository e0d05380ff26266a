namespace EdgeAgent.Core.Configuration;

/// <summary>The columns of a tag table.</summary>
internal enum TagColumn
{
    Name,
    Description,
    Address,
    Type,
    Order,
    Length,
    Bit,
    Scan,
    Scale,
    Offset,
    Unit,
    Decimals,
    Min,
    Max,
    Deadband,
    DeadbandPercent,
    HeartbeatMs,
}
