namespace EdgeAgent.Collector.Buffer;

/// <summary>The small blobs of the database: lists of unsigned LEB128 integers.</summary>
internal static class Varints
{
    public const int BytesMax = 10;

    public static int Write(Span<byte> to, ulong value)
    {
        int length = 0;
        while (value >= 0x80)
        {
            to[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        to[length++] = (byte)value;
        return length;
    }

    /// <summary>Reads one integer and moves on; false at the end and for a malformed one.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> from, out ulong value)
    {
        value = 0;
        for (int i = 0; i < from.Length && i < BytesMax; i++)
        {
            value |= (ulong)(from[i] & 0x7F) << (7 * i);
            if (from[i] < 0x80)
            {
                from = from[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
