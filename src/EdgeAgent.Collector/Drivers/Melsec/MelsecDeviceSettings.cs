using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Collector.Drivers.Melsec;

/// <summary>What is particular to one machine behind a controller.</summary>
public sealed record MelsecDeviceSettings
{
    [Description("Name of the part of the controller that is this machine, when one controller runs several; becomes part of its address.")]
    public string? Part { get; init; }

    [Description("Unused words that are read along rather than starting another request.")]
    [DefaultValue(32), Range(0, 500)]
    public int GapWordsMax { get; init; } = 32;

    [Description("Most words of one request; less than the frame allows (960 or 64) only for controllers that take less.")]
    [Range(1, 960)]
    public int? WordsMax { get; init; }

    [Description("How text is written in the controller: utf-8, gb18030 or latin1.")]
    [DefaultValue("gb18030")]
    public string Encoding { get; init; } = "gb18030";
}
