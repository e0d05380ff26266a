using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Collector.Drivers.Frames;

/// <summary>A command that makes the device send a frame.</summary>
public sealed record PollSettings
{
    [Description("The command: text with escapes such as R\\r\\n, or hexadecimal digits behind hex:.")]
    public required string Command { get; init; }

    [Description("Put between the command and its end.")]
    public ChecksumSettings? Checksum { get; init; }

    [Description("Sent behind the checksum.")]
    public string? End { get; init; }

    [Description("Milliseconds between commands.")]
    [DefaultValue(1000), Range(20, 86_400_000)]
    public int IntervalMs { get; init; } = 1000;
}
