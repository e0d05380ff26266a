using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Dlt645;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Collector.Drivers.Dlt645;

/// <summary>Takes a tag's value out of the bytes of a data item. Allocates nothing.</summary>
internal static class ItemDecoder
{
    private static readonly double[] Powers = [1, 10, 100, 1_000, 10_000, 100_000, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16];

    /// <summary>Adds one reading, good or failed.</summary>
    /// <returns>Whether the bytes make a value.</returns>
    public static bool TryDecode(Dlt645Tag tag, ReadOnlySpan<byte> item, long ticks, ReadingBatch into)
    {
        if (tag.Offset + tag.Format.Bytes > item.Length)
        {
            into.Add(Reading.Failed(tag.Id, Quality.BadDecodingError, ticks));
            return false;
        }

        ReadOnlySpan<byte> bytes = item.Slice(tag.Offset, tag.Format.Bytes);
        if (tag.Format.Shape == DataShape.Bits)
        {
            AddBits(tag, bytes, ticks, into);
            return true;
        }

        if (BcdNumber.IsBlank(bytes))
        {
            // The meter has no such value at the moment: a phase without voltage transformer, a tariff that is not used.
            into.Add(Reading.Failed(tag.Id, Quality.BadOutOfService, ticks));
            return false;
        }

        if (!BcdNumber.TryRead(bytes, tag.Format.IsSigned, out long number))
        {
            into.Add(Reading.Failed(tag.Id, Quality.BadDecodingError, ticks));
            return false;
        }

        if (tag.Format.Shape == DataShape.Digits)
        {
            AddDigits(tag, bytes, ticks, into);
        }
        else
        {
            into.Add(tag.Kind switch
            {
                ValueKind.Float64 => Reading.Float64(tag.Id, Quality.Good, ticks, number / Powers[tag.Format.Decimals]),
                ValueKind.Int64 => Reading.Int64(tag.Id, Quality.Good, ticks, number),
                _ => Reading.UInt64(tag.Id, Quality.Good, ticks, (ulong)number),
            });
        }

        return true;
    }

    private static void AddBits(Dlt645Tag tag, ReadOnlySpan<byte> bytes, long ticks, ReadingBatch into)
    {
        ulong bits = 0;
        for (int i = bytes.Length - 1; i >= 0; i--)
        {
            bits = (bits << 8) | bytes[i];
        }

        into.Add(tag.Bit >= 0
            ? Reading.Boolean(tag.Id, Quality.Good, ticks, ((bits >> tag.Bit) & 1) != 0)
            : Reading.UInt64(tag.Id, Quality.Good, ticks, bits));
    }

    private static void AddDigits(Dlt645Tag tag, ReadOnlySpan<byte> bytes, long ticks, ReadingBatch into)
    {
        Span<char> digits = stackalloc char[2 * bytes.Length];
        BcdNumber.WriteDigits(bytes, digits);
        into.AddText(tag.Id, Quality.Good, ticks, digits);
    }
}
