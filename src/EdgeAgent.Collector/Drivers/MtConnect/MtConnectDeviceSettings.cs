using System.ComponentModel;

namespace EdgeAgent.Collector.Drivers.MtConnect;

/// <summary>One machine of an agent.</summary>
public sealed record MtConnectDeviceSettings
{
    [Description("Name or uuid of the machine in the agent; needed when the agent has several.")]
    public string? Device { get; init; }
}
