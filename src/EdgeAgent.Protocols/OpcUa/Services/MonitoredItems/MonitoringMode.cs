namespace EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;

/// <summary>Whether an item samples and reports; the numbers are those on the wire (OPC 10000-4 §7.23).</summary>
internal enum MonitoringMode
{
    Disabled = 0,
    Sampling = 1,
    Reporting = 2,
}
