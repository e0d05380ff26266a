using EdgeAgent.Core.Batches.Wire;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Batches;

/// <summary>Writes and reads a column of integers: zigzag varints of the difference to the tag's value before.</summary>
internal static class IntegerColumn
{
    public static void Write(ValueKind kind, int field, ReadOnlySpan<Reading> readings, ColumnIndex index, ByteSink scratch, ByteSink into)
    {
        scratch.Clear();
        ReadOnlySpan<int> rows = index.Rows(kind);
        ReadOnlySpan<int> before = index.Before(kind);
        for (int i = 0; i < rows.Length; i++)
        {
            ulong predicted = before[i] >= 0 ? readings[rows[before[i]]].Bits : 0;
            scratch.WriteZigZag(unchecked((long)(readings[rows[i]].Bits - predicted)));
        }

        into.WriteBytesField(field, scratch.Written);
    }

    public static bool TryRead(ValueKind kind, ReadOnlySpan<byte> bytes, Span<Reading> readings, ColumnIndex index)
    {
        ReadOnlySpan<int> rows = index.Rows(kind);
        ReadOnlySpan<int> before = index.Before(kind);
        var reader = new WireReader(bytes);
        for (int i = 0; i < rows.Length; i++)
        {
            if (!reader.TryReadVarint(out ulong raw))
            {
                return false;
            }

            ulong predicted = before[i] >= 0 ? readings[rows[before[i]]].Bits : 0;
            ref Reading reading = ref readings[rows[i]];
            reading = reading with { Bits = unchecked(predicted + (ulong)ZigZag.Decode(raw)) };
        }

        return reader.AtEnd;
    }
}
