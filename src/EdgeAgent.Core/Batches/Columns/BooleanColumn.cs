using EdgeAgent.Core.Batches.Wire;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Batches;

/// <summary>Writes and reads a column of booleans: one bit each, the lowest bit of a byte first.</summary>
internal static class BooleanColumn
{
    public static void Write(int field, ReadOnlySpan<Reading> readings, ColumnIndex index, ByteSink scratch, ByteSink into)
    {
        ReadOnlySpan<int> rows = index.Rows(ValueKind.Boolean);
        int length = (rows.Length + 7) / 8;
        scratch.Clear();
        Span<byte> bytes = scratch.Reserve(length)[..length];
        bytes.Clear();
        for (int i = 0; i < rows.Length; i++)
        {
            bytes[i >> 3] |= (byte)((readings[rows[i]].AsBoolean ? 1 : 0) << (i & 7));
        }

        scratch.Advance(length);
        into.WriteBytesField(field, scratch.Written);
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, Span<Reading> readings, ColumnIndex index)
    {
        ReadOnlySpan<int> rows = index.Rows(ValueKind.Boolean);
        if (bytes.Length != (rows.Length + 7) / 8)
        {
            return false;
        }

        for (int i = 0; i < rows.Length; i++)
        {
            ref Reading reading = ref readings[rows[i]];
            reading = reading with { Bits = (ulong)(bytes[i >> 3] >> (i & 7)) & 1 };
        }

        return true;
    }
}
