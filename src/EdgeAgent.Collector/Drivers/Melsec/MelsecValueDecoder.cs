using System.Buffers.Binary;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Melsec;

namespace EdgeAgent.Collector.Drivers.Melsec;

/// <summary>Takes a tag's value out of its words: low byte and low word first throughout. Allocates nothing.</summary>
internal static class MelsecValueDecoder
{
    public static void Decode(MelsecTag tag, ReadOnlySpan<byte> words, long ticks, ReadingBatch into)
    {
        switch (tag.Type)
        {
            case TagType.Bool:
                int bit = tag.Address.Area.IsBits() ? tag.Address.Number & 15 : tag.Address.Bit;
                into.Add(Reading.Boolean(tag.Id, Quality.Good, ticks, ((BinaryPrimitives.ReadUInt16LittleEndian(words) >> bit) & 1) != 0));
                break;
            case TagType.String:
                AddText(tag, words[..tag.Length], ticks, into);
                break;
            case TagType.Bytes:
                into.AddBytes(tag.Id, Quality.Good, ticks, ValueKind.Bytes, words[..tag.Length]);
                break;
            case TagType.Bcd16 or TagType.Bcd32:
                into.Add(TryReadBcd(words, out ulong digits)
                    ? Reading.UInt64(tag.Id, Quality.Good, ticks, digits)
                    : Reading.Failed(tag.Id, Quality.BadDecodingError, ticks));
                break;
            default:
                into.Add(new Reading(tag.Id, Quality.Good, ticks, tag.Kind, BitsOf(tag.Type, words)));
                break;
        }
    }

    private static ulong BitsOf(TagType type, ReadOnlySpan<byte> words) => type switch
    {
        TagType.Int8 => unchecked((ulong)(sbyte)words[0]),
        TagType.UInt8 => words[0],
        TagType.Int16 => unchecked((ulong)BinaryPrimitives.ReadInt16LittleEndian(words)),
        TagType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(words),
        TagType.Int32 => unchecked((ulong)BinaryPrimitives.ReadInt32LittleEndian(words)),
        TagType.UInt32 or TagType.Float32 => BinaryPrimitives.ReadUInt32LittleEndian(words),
        _ => BinaryPrimitives.ReadUInt64LittleEndian(words),
    };

    private static bool TryReadBcd(ReadOnlySpan<byte> words, out ulong value)
    {
        value = 0;
        for (int i = words.Length - 1; i >= 0; i--)
        {
            int high = words[i] >> 4, low = words[i] & 15;
            if (high > 9 || low > 9)
            {
                return false;
            }

            value = (value * 100) + (ulong)((high * 10) + low);
        }

        return true;
    }

    /// <summary>Two characters a word, the first in the low byte, up to a NUL.</summary>
    private static void AddText(MelsecTag tag, ReadOnlySpan<byte> bytes, long ticks, ReadingBatch into)
    {
        int end = bytes.IndexOf((byte)0);
        TextEncodings.Add(into, tag.Id, ticks, end < 0 ? bytes : bytes[..end], tag.Encoding);
    }
}
