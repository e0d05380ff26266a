namespace EdgeAgent.Protocols.Modbus.Registers;

/// <summary>Packed binary-coded decimal: one digit in four bits.</summary>
public static class Bcd
{
    /// <summary>False when a digit is above 9: then the registers hold something else than BCD, and no number is better than a wrong one.</summary>
    public static bool TryDecode(uint packed, out ulong value)
    {
        value = 0;
        for (var shift = 28; shift >= 0; shift -= 4)
        {
            var digit = (packed >> shift) & 0xF;
            if (digit > 9)
            {
                value = 0;
                return false;
            }

            value = (value * 10) + digit;
        }

        return true;
    }
}
