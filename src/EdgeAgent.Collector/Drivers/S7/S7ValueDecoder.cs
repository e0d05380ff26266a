using System.Buffers.Binary;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Drivers.S7;

/// <summary>Takes a tag's value out of its bytes; all numbers are big-endian. Allocates nothing.</summary>
internal static class S7ValueDecoder
{
    public static void Decode(S7Tag tag, ReadOnlySpan<byte> bytes, long ticks, ReadingBatch into)
    {
        switch (tag.Type)
        {
            case TagType.Bool:
                into.Add(Reading.Boolean(tag.Id, Quality.Good, ticks, (bytes[0] >> tag.Address.Bit & 1) != 0));
                break;
            case TagType.String:
                AddText(tag, bytes, ticks, into);
                break;
            case TagType.Bytes:
                into.AddBytes(tag.Id, Quality.Good, ticks, ValueKind.Bytes, bytes);
                break;
            case TagType.Bcd16 or TagType.Bcd32:
                into.Add(TryReadBcd(bytes, out ulong digits)
                    ? Reading.UInt64(tag.Id, Quality.Good, ticks, digits)
                    : Reading.Failed(tag.Id, Quality.BadDecodingError, ticks));
                break;
            default:
                into.Add(new Reading(tag.Id, Quality.Good, ticks, tag.Kind, BitsOf(tag.Type, bytes)));
                break;
        }
    }

    private static ulong BitsOf(TagType type, ReadOnlySpan<byte> bytes) => type switch
    {
        TagType.Int8 => unchecked((ulong)(sbyte)bytes[0]),
        TagType.UInt8 => bytes[0],
        TagType.Int16 => unchecked((ulong)BinaryPrimitives.ReadInt16BigEndian(bytes)),
        TagType.UInt16 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        TagType.Int32 => unchecked((ulong)BinaryPrimitives.ReadInt32BigEndian(bytes)),
        TagType.UInt32 or TagType.Float32 => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        _ => BinaryPrimitives.ReadUInt64BigEndian(bytes),
    };

    /// <summary>Four bits a digit; a nibble beyond 9 is no digit. (The sign nibble of S7's BCD counters is not used for measured values.)</summary>
    private static bool TryReadBcd(ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        foreach (byte pair in bytes)
        {
            int high = pair >> 4, low = pair & 15;
            if (high > 9 || low > 9)
            {
                return false;
            }

            value = (value * 100) + (ulong)((high * 10) + low);
        }

        return true;
    }

    /// <summary>STRING[n]: capacity, length, characters. A length beyond what was read means that there is no STRING here.</summary>
    private static void AddText(S7Tag tag, ReadOnlySpan<byte> bytes, long ticks, ReadingBatch into)
    {
        int length = bytes[1];
        if (length > bytes[0] || length > bytes.Length - 2)
        {
            into.Add(Reading.Failed(tag.Id, Quality.BadDecodingError, ticks));
            return;
        }

        TextEncodings.Add(into, tag.Id, ticks, bytes.Slice(2, length), tag.Encoding);
    }
}
