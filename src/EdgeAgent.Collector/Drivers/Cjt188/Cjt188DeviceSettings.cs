using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Collector.Drivers.Cjt188;

/// <summary>What is particular to one meter.</summary>
public sealed record Cjt188DeviceSettings
{
    [Description("The meter's address of up to 14 digits as printed on it, or 'any' for a meter that is alone on its line.")]
    public required string Address { get; init; }

    [Description("Type of the meter in hexadecimal: 10 cold water, 11 hot water, 12 drinking water, 13 reclaimed water, 20 heat, 21 cold, 30 gas.")]
    [DefaultValue("10")]
    public string MeterType { get; init; } = "10";

    [Description("Whether the maker sends the address with its highest digits first; the standard sends the lowest first.")]
    [DefaultValue(false)]
    public bool AddressHighestFirst { get; init; }

    [Description("Whether the maker sends the data identifier as 90 1F; the standard's order is 1F 90.")]
    [DefaultValue(false)]
    public bool IdentifierHighestFirst { get; init; }

    [Description("How often the data are asked for again in the same scan when the answer came damaged.")]
    [DefaultValue(1), Range(0, 10)]
    public int RepeatsMax { get; init; } = 1;
}
