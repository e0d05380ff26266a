using System.ComponentModel;

namespace EdgeAgent.Collector.Drivers.OpcUa;

/// <summary>What is particular to one device behind an OPC UA server.</summary>
public sealed record OpcUaDeviceSettings
{
    [Description("How the tags of this device are watched.")]
    public OpcUaMonitoringSettings? Monitoring { get; init; }

    [Description("Put before the browse paths of this device's tags, for instance /Objects/m:Machine1.")]
    public string? Root { get; init; }
}
