using System.ComponentModel;

namespace EdgeAgent.Collector.Drivers.Http;

/// <summary>What is asked for one device.</summary>
public sealed record HttpDeviceSettings
{
    [Description("Name of the device at a server that stands for several; becomes part of its address.")]
    public string? Part { get; init; }

    [Description("The requests whose answers hold the device's values.")]
    public required IReadOnlyList<HttpRequestSettings> Requests { get; init; }
}
