using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Cjt188;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Collector.Drivers.Cjt188;

/// <summary>Takes a tag's value out of a meter's data, in the unit that the tag asks for. Allocates nothing.</summary>
internal static class FieldDecoder
{
    private static readonly double[] Powers = [1, 10, 100, 1_000, 10_000];

    /// <summary>Adds one reading, good or failed.</summary>
    /// <returns>Whether the bytes make a value.</returns>
    public static bool TryDecode(Cjt188Tag tag, ReadOnlySpan<byte> data, long ticks, ReadingBatch into)
    {
        MeterField field = tag.Field;
        if (field.Offset + field.Bytes + (field.HasUnitCode ? 1 : 0) > data.Length)
        {
            into.Add(Reading.Failed(tag.Id, Quality.BadDecodingError, ticks));
            return false;
        }

        ReadOnlySpan<byte> bytes = data.Slice(field.Offset, field.Bytes);
        if (field.Shape == MeterFieldShape.Bits)
        {
            ulong bits = (ulong)(bytes[0] | (bytes[1] << 8));
            into.Add(tag.Bit >= 0
                ? Reading.Boolean(tag.Id, Quality.Good, ticks, ((bits >> tag.Bit) & 1) != 0)
                : Reading.UInt64(tag.Id, Quality.Good, ticks, bits));
            return true;
        }

        if (BcdNumber.IsBlank(bytes) || !BcdNumber.TryRead(bytes, signed: false, out long number))
        {
            into.Add(Reading.Failed(tag.Id, BcdNumber.IsBlank(bytes) ? Quality.BadOutOfService : Quality.BadDecodingError, ticks));
            return false;
        }

        if (field.Shape == MeterFieldShape.Digits)
        {
            Span<char> digits = stackalloc char[2 * bytes.Length];
            BcdNumber.WriteDigits(bytes, digits);
            into.AddText(tag.Id, Quality.Good, ticks, digits);
            return true;
        }

        double factor = 1;
        if (field.HasUnitCode && !MeterUnit.TryFactor(data[field.Offset + field.Bytes], field.Quantity, out factor))
        {
            // A number without a unit that fits is no value.
            into.Add(Reading.Failed(tag.Id, Quality.BadDecodingError, ticks));
            return false;
        }

        into.Add(Reading.Float64(tag.Id, Quality.Good, ticks, ValueOf(number, field, factor, tag.Unit!)));
        return true;
    }

    /// <summary>One division at the end, so that powers of ten convert without a trace: 0.1234 m³/h are 123.4 L/h.</summary>
    private static double ValueOf(long number, MeterField field, double factor, MeterUnit unit) =>
        number * factor / (Powers[field.Decimals] * unit.ToOwn);
}
