namespace EdgeAgent.Protocols.OpcUa;

/// <summary>What counts as a change of a monitored value; the numbers are those on the wire (OPC 10000-4 §7.22.2).</summary>
public enum DataChangeTrigger
{
    /// <summary>Another status.</summary>
    Status = 0,

    /// <summary>Another status or value.</summary>
    StatusValue = 1,

    /// <summary>Another status, value or source timestamp.</summary>
    StatusValueTimestamp = 2,
}
