using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Collector.Drivers.S7;

/// <summary>What is particular to one machine behind a controller.</summary>
public sealed record S7DeviceSettings
{
    [Description("Name of the part of the controller that is this machine, when one controller runs several; becomes part of its address.")]
    public string? Part { get; init; }

    [Description("Unused bytes that are read along rather than starting another item.")]
    [DefaultValue(16), Range(0, 200)]
    public int GapBytesMax { get; init; } = 16;

    [Description("How text is written in the controller: utf-8, gb18030 or latin1.")]
    [DefaultValue("latin1")]
    public string Encoding { get; init; } = "latin1";
}
