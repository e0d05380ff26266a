namespace EdgeAgent.Collector.Drivers.OpcUa;

/// <summary>What counts as a change.</summary>
public enum OpcUaTrigger
{
    Status,
    StatusValue,
    StatusValueTimestamp,
}
