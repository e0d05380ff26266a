using System.ComponentModel;

namespace EdgeAgent.Collector.Drivers.Frames;

/// <summary>Which frames are a device's, and where its values are in them.</summary>
public sealed record FramesDeviceSettings
{
    [Description("Regular expression that a frame of this device matches somewhere; left out, every frame is its.")]
    public string? Match { get; init; }

    [Description("Regular expression with named groups, to which tags refer by name: (?<weight>[-+ 0-9.]+) kg.")]
    public string? Pattern { get; init; }
}
