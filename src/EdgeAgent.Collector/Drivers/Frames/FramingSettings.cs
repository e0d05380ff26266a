using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Collector.Drivers.Frames;

/// <summary>How frames lie in the stream: one of end, length and lengthField.</summary>
public sealed record FramingSettings
{
    [Description("Bytes with which a frame begins, such as \\x02; left out, a frame begins where the one before ended.")]
    public string? Start { get; init; }

    [Description("Bytes with which a frame ends, such as \\r\\n.")]
    public string? End { get; init; }

    [Description("Length of every frame in bytes, start and checksum included.")]
    [Range(1, 4096)]
    public int? Length { get; init; }

    [Description("A number in the frame that tells its length.")]
    public LengthFieldSettings? LengthField { get; init; }

    [Description("What protects a frame.")]
    public ChecksumSettings? Checksum { get; init; }

    [Description("A longer frame is none.")]
    [DefaultValue(1024), Range(1, 4096)]
    public int SizeMax { get; init; } = 1024;
}

/// <summary>A number in the frame that tells its length.</summary>
public sealed record LengthFieldSettings
{
    [Description("Where it stands, in bytes from the start of the frame.")]
    [Range(0, 64)]
    public required int Offset { get; init; }

    [Description("1 or 2 bytes.")]
    [DefaultValue(1), Range(1, 2)]
    public int Size { get; init; } = 1;

    [Description("Whether the low byte of 2 comes first.")]
    [DefaultValue(false)]
    public bool LowByteFirst { get; init; }

    [Description("Added to the number to get the length of the whole frame, start and checksum included.")]
    [DefaultValue(0), Range(-4096, 4096)]
    public int Add { get; init; }
}
