using System.ComponentModel;

namespace EdgeAgent.Collector.Drivers.FileTail;

/// <summary>Which lines are a device's.</summary>
public sealed record FileTailDeviceSettings
{
    [Description("Column (or group) that names the device; left out, every line is its.")]
    public string? Column { get; init; }

    [Description("What stands there.")]
    public string? Value { get; init; }
}
