using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Collector.Drivers.Dlt645;

/// <summary>What is particular to one meter.</summary>
public sealed record Dlt645DeviceSettings
{
    [Description("The meter's address of up to 12 digits as printed on it, or 'any' for a meter that is alone on its line.")]
    public required string Address { get; init; }

    [Description("Edition of DL/T 645 that the meter speaks: 2007 or 1997.")]
    [DefaultValue(2007), Range(1997, 2007)]
    public int Edition { get; init; } = 2007;

    [Description("How often a data item is asked for again in the same scan when its answer came damaged.")]
    [DefaultValue(1), Range(0, 10)]
    public int RepeatsMax { get; init; } = 1;
}
