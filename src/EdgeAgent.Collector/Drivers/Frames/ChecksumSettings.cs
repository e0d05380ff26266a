using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Frames;

namespace EdgeAgent.Collector.Drivers.Frames;

/// <summary>The checksum between content and end.</summary>
public sealed record ChecksumSettings
{
    [Description("none, sum, xor, crc16modbus or crc16ccitt.")]
    [JsonConverter(typeof(LowerCaseEnumConverter<ChecksumKind>))]
    public required ChecksumKind Kind { get; init; }

    [Description("Bytes at the start of the frame that it does not cover, for instance 1 for a start byte.")]
    [DefaultValue(0), Range(0, 64)]
    public int From { get; init; }

    [Description("Whether the low byte of 16 bits comes first; left out, as is usual for the kind.")]
    public bool? LowByteFirst { get; init; }

    [Description("Whether it is written as hexadecimal digits.")]
    [DefaultValue(false)]
    public bool Hex { get; init; }

    internal Checksum Compile() => new(Kind, From, LowByteFirst ?? Kind == ChecksumKind.Crc16Modbus, Hex);
}
