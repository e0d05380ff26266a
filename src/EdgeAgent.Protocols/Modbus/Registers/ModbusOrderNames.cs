namespace EdgeAgent.Protocols.Modbus.Registers;

/// <summary>Orders written in letters, as on data sheets: CDAB, GHEFCDAB …</summary>
public static class ModbusOrderNames
{
    private const string InOrder = "ABCDEFGH";

    /// <summary>Reads an order for a value of <paramref name="sizeBytes"/> bytes (1 to 8; text counts as 2).</summary>
    /// <remarks>Four letters also do for 2- and 8-byte values, so that one setting fits a whole device: CDAB (registers in
    /// reverse) is AB and GHEFCDAB, BADC is BA and BADCFEHG, DCBA is BA and HGFEDCBA. Two letters do for all sizes likewise.</remarks>
    public static bool TryParse(ReadOnlySpan<char> letters, int sizeBytes, out ModbusOrder order)
    {
        order = ModbusOrder.BigEndian;
        if (letters.Length is not (2 or 4 or 8) || (letters.Length == 8 && sizeBytes != 8))
        {
            return false;
        }

        // Place 0 of the wire carries value byte number `mask`; all other places must follow from that one.
        var mask = InOrder.IndexOf(char.ToUpperInvariant(letters[0]));
        if (mask < 0 || mask >= letters.Length)
        {
            return false;
        }

        for (var i = 0; i < letters.Length; i++)
        {
            if (char.ToUpperInvariant(letters[i]) != InOrder[i ^ mask])
            {
                return false;
            }
        }

        if (letters.Length == 4 && (mask & (int)ModbusOrder.SwapWords) != 0)
        {
            mask |= (int)ModbusOrder.SwapDoubleWords;
        }

        order = (ModbusOrder)(mask & (RoundUp(sizeBytes) - 1));
        return true;
    }

    /// <summary>The letters of an order for a value of 2, 4 or 8 bytes.</summary>
    public static string ToLetters(this ModbusOrder order, int sizeBytes) =>
        string.Create(RoundUp(sizeBytes), (int)order & (RoundUp(sizeBytes) - 1), static (letters, mask) =>
        {
            for (var i = 0; i < letters.Length; i++)
            {
                letters[i] = InOrder[i ^ mask];
            }
        });

    private static int RoundUp(int sizeBytes) => sizeBytes <= 2 ? 2 : sizeBytes <= 4 ? 4 : 8;
}
