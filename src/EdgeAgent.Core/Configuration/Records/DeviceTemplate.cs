using System.ComponentModel;
using System.Text.Json;

namespace EdgeAgent.Core.Configuration;

/// <summary>A kind of device, written once: what its entries in configurations start from.</summary>
public sealed record DeviceTemplate
{
    [Description("What kind of device it is for, and what must be set up in the device.")]
    public required string Description { get; init; }

    [Description("Where the addresses come from, and what to compare them with.")]
    public required string Basis { get; init; }

    [Description("Drivers of the endpoints that such a device may be behind.")]
    public required IReadOnlyList<string> Drivers { get; init; }

    [Description("Scan classes that the tags name, for configurations that do not declare them.")]
    public IReadOnlyDictionary<string, ScanClassConfig> ScanClasses { get; init; } = new Dictionary<string, ScanClassConfig>();

    [Description("Settings of the device; see the driver's document.")]
    public JsonElement Settings { get; init; }

    [Description("Tags of the device.")]
    public required IReadOnlyList<TagConfig> Tags { get; init; }
}
