using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Core.Configuration;

/// <summary>The agent's buffer on disk.</summary>
public sealed record BufferConfig
{
    [Description("normal: survives a killed process; full: survives a power cut too, at the price of a disk flush for each commit.")]
    [DefaultValue(BufferDurability.Normal)]
    public BufferDurability Durability { get; init; } = BufferDurability.Normal;

    [Description("Largest size in bytes; the oldest batches are discarded (and counted) beyond it.")]
    [DefaultValue(2L << 30), Range(1L << 20, 1L << 45)]
    public long SizeBytesMax { get; init; } = 2L << 30;

    [Description("Oldest age in hours; older batches are discarded (and counted). 4,320 hours are 180 days.")]
    [DefaultValue(4320), Range(1, 100_000)]
    public int AgeHoursMax { get; init; } = 4320;
}
