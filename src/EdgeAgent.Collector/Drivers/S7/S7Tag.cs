using System.Text;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Drivers.S7;

/// <summary>One tag as the driver reads it.</summary>
/// <param name="Id">Number within the endpoint.</param>
/// <param name="Bytes">Bytes that it fills, the two of a text's header included.</param>
/// <param name="Encoding">Of text; null for UTF-8.</param>
internal sealed record S7Tag(int Id, string Name, S7Address Address, TagType Type, int Bytes, Encoding? Encoding)
{
    public int End => Address.Start + Bytes;

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
