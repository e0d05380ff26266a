using System.Globalization;
using EdgeAgent.Protocols.Modbus;

namespace EdgeAgent.Collector.Drivers.Modbus;

/// <summary>Reads tag addresses: <c>hr:100</c>, <c>hr:0x64</c>, <c>hr:100.3</c>, or reference numbers such as <c>40101</c>. README.md explains both.</summary>
internal static class ModbusAddressParser
{
    /// <param name="addressBase">What the device's data sheet calls the first address of a table, 0 or 1; reference numbers always start at 1.</param>
    /// <param name="problem">What is wrong, when false is returned.</param>
    public static bool TryParse(string text, int addressBase, out ModbusTagAddress address, out string problem)
    {
        address = default;
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        if (!TryTakeBit(ref rest, out int bit, out problem))
        {
            return false;
        }

        int colon = rest.IndexOf(':');
        bool parsed = colon < 0
            ? TryReference(rest, out ModbusFunction function, out int number, out problem)
            : TryPrefixed(rest[..colon], rest[(colon + 1)..], addressBase, out function, out number, out problem);
        if (!parsed)
        {
            return false;
        }

        address = new ModbusTagAddress(function, number, bit);
        if (bit >= 0 && address.IsBitTable)
        {
            problem = "a coil or discrete input is a single bit already";
            return false;
        }

        return true;
    }

    private static bool TryTakeBit(ref ReadOnlySpan<char> text, out int bit, out string problem)
    {
        bit = -1;
        problem = "";
        int dot = text.LastIndexOf('.');
        if (dot < 0)
        {
            return true;
        }

        if (!int.TryParse(text[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out bit) || bit > 63)
        {
            problem = "after the dot stands the number of a bit, 0 to 15 for one register";
            return false;
        }

        text = text[..dot];
        return true;
    }

    private static bool TryPrefixed(
        ReadOnlySpan<char> prefix, ReadOnlySpan<char> digits, int addressBase, out ModbusFunction function, out int number, out string problem)
    {
        problem = "";
        number = 0;
        if (!TryFunction(prefix, out function))
        {
            problem = $"'{prefix}' is no table";
            return false;
        }

        bool parsed = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? int.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        if (!parsed)
        {
            problem = $"'{digits}' is no address";
            return false;
        }

        number -= addressBase;
        if (number is < 0 or > ModbusTagAddress.AddressMax)
        {
            problem = $"addresses of this device run from {addressBase} to {ModbusTagAddress.AddressMax + addressBase}";
            return false;
        }

        return true;
    }

    private static bool TryReference(ReadOnlySpan<char> digits, out ModbusFunction function, out int number, out string problem)
    {
        function = default;
        number = 0;
        if (digits.Length is not (5 or 6) || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int reference))
        {
            problem = "neither a table with an address nor a reference number of 5 or 6 digits";
            return false;
        }

        int range = digits.Length == 5 ? 10_000 : 100_000;
        ModbusFunction? table = (reference / range) switch
        {
            0 => ModbusFunction.ReadCoils,
            1 => ModbusFunction.ReadDiscreteInputs,
            3 => ModbusFunction.ReadInputRegisters,
            4 => ModbusFunction.ReadHoldingRegisters,
            _ => null,
        };
        int position = reference % range;
        if (table is null || position is < 1 or > ModbusTagAddress.AddressMax + 1)
        {
            problem = "reference numbers start with 0, 1, 3 or 4 and count from 1 within their table";
            return false;
        }

        function = table.Value;
        number = position - 1;
        problem = "";
        return true;
    }

    private static bool TryFunction(ReadOnlySpan<char> prefix, out ModbusFunction function)
    {
        Span<char> lower = stackalloc char[2];
        function = prefix.Length == 2 && prefix.ToLowerInvariant(lower) == 2
            ? lower switch
            {
                "co" => ModbusFunction.ReadCoils,
                "di" => ModbusFunction.ReadDiscreteInputs,
                "hr" => ModbusFunction.ReadHoldingRegisters,
                "ir" => ModbusFunction.ReadInputRegisters,
                _ => 0,
            }
            : 0;
        return function != 0;
    }
}
