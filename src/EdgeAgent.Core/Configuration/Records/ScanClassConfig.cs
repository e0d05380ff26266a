using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Core.Configuration;

/// <summary>A period at which tags are read.</summary>
public sealed record ScanClassConfig
{
    /// <summary>The class of tags that name none.</summary>
    public const string DefaultName = "normal";

    /// <summary>Its period when the file does not declare it.</summary>
    public const int DefaultIntervalMs = 1000;

    [Description("Period in milliseconds.")]
    [Range(20, 86_400_000)]
    public required int IntervalMs { get; init; }
}
