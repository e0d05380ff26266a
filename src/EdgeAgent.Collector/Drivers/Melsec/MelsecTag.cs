using System.Text;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Melsec;

namespace EdgeAgent.Collector.Drivers.Melsec;

/// <summary>One tag as the driver reads it.</summary>
/// <param name="Id">Number within the endpoint.</param>
/// <param name="Text">Its address as the configuration writes it.</param>
/// <param name="Words">Words that it fills.</param>
/// <param name="Length">Bytes of a text or of bytes; else 0.</param>
/// <param name="Encoding">Of text; null for UTF-8.</param>
internal sealed record MelsecTag(int Id, string Name, string Text, MelsecAddress Address, TagType Type, int Words, int Length, Encoding? Encoding)
{
    /// <summary>The first device of the first word: for bits the multiple of 16 at or before it.</summary>
    public int Start => Address.Area.IsBits() ? Address.Number & ~15 : Address.Number;

    /// <summary>Devices in a word.</summary>
    public int DevicesPerWord => Address.Area.IsBits() ? 16 : 1;

    public int End => Start + (Words * DevicesPerWord);

    public ValueKind Kind => Type switch
    {
        TagType.Bool => ValueKind.Boolean,
        TagType.Int8 or TagType.Int16 or TagType.Int32 or TagType.Int64 => ValueKind.Int64,
        TagType.Float32 => ValueKind.Float32,
        TagType.Float64 => ValueKind.Float64,
        TagType.String => ValueKind.Text,
        TagType.Bytes => ValueKind.Bytes,
        _ => ValueKind.UInt64,
    };
}
