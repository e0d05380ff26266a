namespace EdgeAgent.Protocols.Sparkplug;

/// <summary>Splits a topic into its levels.</summary>
internal static class SpanSplit
{
    /// <summary>Writes the levels' places; one more than there is room for shows only in the count.</summary>
    public static int Split(this ReadOnlySpan<byte> text, Span<Range> into, byte separator)
    {
        int count = 0, from = 0;
        while (count < into.Length)
        {
            int length = text[from..].IndexOf(separator);
            into[count++] = from..(length < 0 ? text.Length : from + length);
            if (length < 0)
            {
                return count;
            }

            from += length + 1;
        }

        return count;
    }
}
