namespace EdgeAgent.Protocols.Serial;

/// <summary>Numbers of binary coded decimal digits, the lowest byte first, as meters on serial lines write them.</summary>
public static class BcdNumber
{
    private const int BytesMax = 8;

    /// <summary>Reads a number; false when a digit is none.</summary>
    /// <param name="signed">The highest bit is the sign, not part of the highest digit.</param>
    public static bool TryRead(ReadOnlySpan<byte> source, bool signed, out long value)
    {
        value = 0;
        if (source.Length is 0 or > BytesMax)
        {
            return false;
        }

        var negative = signed && (source[^1] & 0x80) != 0;
        for (var i = source.Length - 1; i >= 0; i--)
        {
            var digits = i == source.Length - 1 && signed ? source[i] & 0x7F : source[i];
            if (digits >> 4 > 9 || (digits & 15) > 9)
            {
                value = 0;
                return false;
            }

            value = (value * 100) + ((digits >> 4) * 10) + (digits & 15);
        }

        value = negative ? -value : value;
        return true;
    }

    /// <summary>Writes a number; what does not fit is cut off at the top.</summary>
    public static void Write(Span<byte> destination, long value, bool signed)
    {
        var rest = Math.Abs(value);
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = (byte)((rest / 10 % 10 << 4) | (rest % 10));
            rest /= 100;
        }

        if (signed && value < 0)
        {
            destination[^1] |= 0x80;
        }
    }

    /// <summary>The digits as text, the highest first; two characters a byte.</summary>
    public static void WriteDigits(ReadOnlySpan<byte> source, Span<char> destination)
    {
        for (var i = 0; i < source.Length; i++)
        {
            var pair = source[source.Length - 1 - i];
            destination[2 * i] = (char)('0' + (pair >> 4));
            destination[(2 * i) + 1] = (char)('0' + (pair & 15));
        }
    }

    /// <summary>Every bit set: how meters show that they have no such value, for instance a phase that is not connected.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> source) => !source.IsEmpty && !source.ContainsAnyExcept((byte)0xFF);
}
