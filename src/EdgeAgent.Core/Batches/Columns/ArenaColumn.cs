using EdgeAgent.Core.Batches.Wire;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Batches;

/// <summary>Writes and reads a column of text or bytes: lengths in one field, all the bytes in another.</summary>
internal static class ArenaColumn
{
    public static void Write(
        ValueKind kind, int lengthField, int bytesField, ReadingBatch batch, ColumnIndex index, ByteSink lengths, ByteSink bytes, ByteSink into)
    {
        lengths.Clear();
        bytes.Clear();
        ReadOnlySpan<Reading> readings = batch.Readings;
        foreach (int row in index.Rows(kind))
        {
            ReadOnlySpan<byte> value = batch.BytesOf(readings[row]);
            lengths.WriteVarint((ulong)value.Length);
            bytes.WriteRaw(value);
        }

        into.WriteBytesField(lengthField, lengths.Written);
        into.WriteBytesField(bytesField, bytes.Written);
    }

    public static bool TryRead(ValueKind kind, ReadOnlySpan<byte> lengths, ReadOnlySpan<byte> bytes, Span<Reading> readings, ReadingBatch into, ColumnIndex index)
    {
        var reader = new WireReader(lengths);
        foreach (int row in index.Rows(kind))
        {
            if (!reader.TryReadCount(out int length) || length > bytes.Length
                || (kind == ValueKind.Text && !System.Text.Unicode.Utf8.IsValid(bytes[..length])))
            {
                return false;
            }

            readings[row] = readings[row] with { Bits = into.Store(bytes[..length]) };
            bytes = bytes[length..];
        }

        return reader.AtEnd && bytes.IsEmpty;
    }
}
