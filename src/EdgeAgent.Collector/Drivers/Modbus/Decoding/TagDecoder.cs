using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Modbus.Registers;

namespace EdgeAgent.Collector.Drivers.Modbus.Decoding;

/// <summary>Takes a tag's value out of the bytes of an answer. Allocates nothing.</summary>
internal static class TagDecoder
{
    /// <summary>Longest text or bytes of one tag: 125 registers.</summary>
    public const int LengthMax = TextEncodings.BytesMax;

    /// <summary>Adds one reading: the value, or a failed one when the bytes do not make a value.</summary>
    /// <param name="data">The data bytes of the answer.</param>
    /// <param name="firstAddress">The address that the answer starts at.</param>
    public static void Decode(ModbusTag tag, ReadOnlySpan<byte> data, int firstAddress, long ticks, ReadingBatch into)
    {
        int index = tag.Address - firstAddress;
        if (tag.IsBitTable)
        {
            Add(tag, RegisterDecoder.TryDecodeCoil(data, index, out bool bit), bit, ticks, into);
            return;
        }

        ReadOnlySpan<byte> wire = data.Slice(index * 2, tag.Count * 2);
        if (tag.Bit >= 0)
        {
            Add(tag, RegisterDecoder.TryDecodeBit(wire, tag.Type, tag.Order, tag.Bit, out bool bit), bit, ticks, into);
        }
        else if (tag.Type is ModbusValueType.String or ModbusValueType.Bytes)
        {
            AddBytes(tag, wire, ticks, into);
        }
        else if (RegisterDecoder.TryDecode(wire, tag.Type, tag.Order, out ulong bits))
        {
            into.Add(new Reading(tag.Id, Quality.Good, ticks, tag.Kind, bits));
        }
        else
        {
            into.Add(Reading.Failed(tag.Id, Quality.BadDecodingError, ticks));
        }
    }

    private static void Add(ModbusTag tag, bool decoded, bool value, long ticks, ReadingBatch into) =>
        into.Add(decoded ? Reading.Boolean(tag.Id, Quality.Good, ticks, value) : Reading.Failed(tag.Id, Quality.BadDecodingError, ticks));

    private static void AddBytes(ModbusTag tag, ReadOnlySpan<byte> wire, long ticks, ReadingBatch into)
    {
        Span<byte> bytes = stackalloc byte[LengthMax];
        if (tag.Type == ModbusValueType.Bytes)
        {
            if (RegisterDecoder.TryDecodeBytes(wire, tag.Order, bytes))
            {
                into.AddBytes(tag.Id, Quality.Good, ticks, ValueKind.Bytes, bytes[..tag.Length]);
                return;
            }
        }
        else if (RegisterDecoder.TryDecodeString(wire, tag.Order, bytes, out int length))
        {
            TextEncodings.Add(into, tag.Id, ticks, bytes[..Math.Min(length, tag.Length)], tag.Encoding);
            return;
        }

        into.Add(Reading.Failed(tag.Id, Quality.BadDecodingError, ticks));
    }
}
