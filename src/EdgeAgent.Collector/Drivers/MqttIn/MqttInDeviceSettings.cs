using System.ComponentModel;

namespace EdgeAgent.Collector.Drivers.MqttIn;

/// <summary>Which messages are a device's.</summary>
public sealed record MqttInDeviceSettings
{
    [Description("What the source's pattern captures, joined by '/': for chirpstack the device EUI, for sparkplug group/node or group/node/device.")]
    public required string Id { get; init; }

    [Description("Name of the source; may be left out when there is one.")]
    public string? Source { get; init; }
}
