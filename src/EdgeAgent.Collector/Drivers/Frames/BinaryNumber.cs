using EdgeAgent.Collector.Receiving;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Drivers.Frames;

/// <summary>Reads binary numbers of any byte order.</summary>
internal static class BinaryNumber
{
    /// <returns>0 for what is no binary number.</returns>
    public static int SizeOf(TagType type) => type switch
    {
        TagType.Int8 or TagType.UInt8 => 1,
        TagType.Int16 or TagType.UInt16 => 2,
        TagType.Int32 or TagType.UInt32 or TagType.Float32 => 4,
        TagType.Int64 or TagType.UInt64 or TagType.Float64 => 8,
        _ => 0,
    };

    public static void Add(ReadingBatch into, FrameTag tag, long ticks, ReadOnlySpan<byte> bytes)
    {
        ulong raw = 0;
        for (int i = 0; i < tag.Order.Length; i++)
        {
            raw |= (ulong)bytes[i] << (8 * (tag.Order.Length - 1 - tag.Order[i]));
        }

        switch (tag.Type)
        {
            case TagType.Int8: TagValue.Add(into, tag.Id, tag.Kind, ticks, (long)(sbyte)raw); break;
            case TagType.Int16: TagValue.Add(into, tag.Id, tag.Kind, ticks, (long)(short)raw); break;
            case TagType.Int32: TagValue.Add(into, tag.Id, tag.Kind, ticks, (long)(int)raw); break;
            case TagType.Int64: TagValue.Add(into, tag.Id, tag.Kind, ticks, (long)raw); break;
            case TagType.Float32: AddFloat(into, tag, ticks, BitConverter.UInt32BitsToSingle((uint)raw)); break;
            case TagType.Float64: AddFloat(into, tag, ticks, BitConverter.UInt64BitsToDouble(raw)); break;
            default: TagValue.Add(into, tag.Id, tag.Kind, ticks, raw); break;
        }
    }

    private static void AddFloat(ReadingBatch into, FrameTag tag, long ticks, double value)
    {
        if (double.IsFinite(value))
        {
            TagValue.Add(into, tag.Id, tag.Kind, ticks, value);
        }
        else
        {
            into.Add(Reading.Failed(tag.Id, Quality.BadDecodingError, ticks));
        }
    }
}
