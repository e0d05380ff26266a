using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Influx;

/// <summary>Turns the fields of a point back into a value. The field says the kind; the tag's definition says which of two kinds that share a field.</summary>
internal static class ReadingDecoder
{
    public const string Fields = "\"value\", \"i\", \"u\", \"b\", \"s\", \"x\", \"q\", \"p\"";

    public static Quality QualityOf(InfluxRow row) => new((uint)(row.Int64("q") ?? 0));

    public static Provenance ProvenanceOf(InfluxRow row) => (Provenance)(row.Int64("p") ?? 0);

    public static StoredValue ValueOf(InfluxRow row, ValueKind declared)
    {
        // A point that was first good and then bad keeps the old value's field; a bad reading has no value.
        if (QualityOf(row).IsBad)
        {
            return default;
        }

        if (row.Double("value") is { } number)
        {
            return declared == ValueKind.Float32
                ? new StoredValue(ValueKind.Float32, BitConverter.SingleToUInt32Bits((float)number), null)
                : new StoredValue(ValueKind.Float64, BitConverter.DoubleToUInt64Bits(number), null);
        }

        if (row.Int64("i") is { } integer)
        {
            return new StoredValue(declared == ValueKind.UInt64 ? ValueKind.UInt64 : ValueKind.Int64, (ulong)integer, null);
        }

        if (row.Text("u") is { } unsigned && ulong.TryParse(unsigned, out ulong large))
        {
            return new StoredValue(ValueKind.UInt64, large, null);
        }

        if (row.Boolean("b") is { } boolean)
        {
            return new StoredValue(ValueKind.Boolean, boolean ? 1UL : 0UL, null);
        }

        return row.Text("s") is { } text ? new StoredValue(ValueKind.Text, 0, System.Text.Encoding.UTF8.GetBytes(text))
            : row.Text("x") is { } bytes ? new StoredValue(ValueKind.Bytes, 0, Convert.FromBase64String(bytes))
            : default;
    }

    /// <summary>The value as a number; NaN for what is none.</summary>
    public static double NumberOf(StoredValue value) => value.Kind is ValueKind.Text or ValueKind.Bytes
        ? double.NaN
        : new Reading(0, Quality.Good, 0, value.Kind, value.Bits).ToDouble();
}
