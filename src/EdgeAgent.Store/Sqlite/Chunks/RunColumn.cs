namespace EdgeAgent.Store.Sqlite.Chunks;

/// <summary>A column of numbers as runs of one value and stretches of literals, whichever is shorter.</summary>
/// <remarks>Each piece starts with a varint: length times two, plus one for a run. A run has one value, a stretch its values.</remarks>
internal static class RunColumn
{
    /// <summary>From this length on a run is shorter than its literals plus the two headers that it costs.</summary>
    private const int RunMin = 4;

    public static void Write(ByteWriter writer, ReadOnlySpan<ulong> values)
    {
        int literalsFrom = 0, at = 0;
        while (at < values.Length)
        {
            int end = at + 1;
            while (end < values.Length && values[end] == values[at])
            {
                end++;
            }

            if (end - at >= RunMin)
            {
                WriteLiterals(writer, values[literalsFrom..at]);
                writer.Varint(((ulong)(end - at) << 1) | 1);
                writer.Varint(values[at]);
                literalsFrom = end;
            }

            at = end;
        }

        WriteLiterals(writer, values[literalsFrom..]);
    }

    public static void Read(ref ByteReader reader, Span<ulong> values)
    {
        while (!values.IsEmpty)
        {
            ulong head = reader.Varint();
            ulong length = head >> 1;
            if (length == 0 || length > (ulong)values.Length)
            {
                throw ByteReader.Damaged();
            }

            Span<ulong> piece = values[..(int)length];
            values = values[(int)length..];
            if ((head & 1) == 1)
            {
                piece.Fill(reader.Varint());
                continue;
            }

            foreach (ref ulong value in piece)
            {
                value = reader.Varint();
            }
        }
    }

    private static void WriteLiterals(ByteWriter writer, ReadOnlySpan<ulong> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        writer.Varint((ulong)values.Length << 1);
        foreach (ulong value in values)
        {
            writer.Varint(value);
        }
    }
}
