using System.Globalization;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Migration;

/// <summary>An address of Neuron's Modbus plugins, <c>SLAVE!ADDRESS[.BIT][#ENDIAN][.LEN[H|L|D|E]]</c>, as ours.</summary>
/// <param name="Text">Address in our driver's syntax, counted from 0.</param>
/// <param name="Order">Byte order; null when the address names none.</param>
/// <param name="Length">Bytes of a string or of bytes.</param>
internal readonly record struct NeuronModbusAddress(int Unit, string Text, string? Order, int? Bit, int? Length)
{
    private const int AreaSize = 65_536;

    /// <param name="addressBase">1: register 400001 is the first one; 0: 400000 is.</param>
    public static bool TryParse(string text, TagType type, int addressBase, out NeuronModbusAddress address, out string problem)
    {
        address = default;
        problem = $"'{text}' is no address; expected for instance 1!400001, 1!400001.3 or 1!400001#BL";
        int mark = text.IndexOf('!', StringComparison.Ordinal);
        if (mark <= 0 || !byte.TryParse(text.AsSpan(0, mark), NumberStyles.None, CultureInfo.InvariantCulture, out byte unit))
        {
            return false;
        }

        string rest = text[(mark + 1)..];
        string? order = null;
        int hash = rest.IndexOf('#', StringComparison.Ordinal);
        if (hash >= 0)
        {
            string letters = rest[(hash + 1)..].Split('.')[0];
            if (!TryOrder(letters, out order))
            {
                problem = $"'{text}': the byte order #{letters} is not known";
                return false;
            }

            rest = rest.Remove(hash, letters.Length + 1);
        }

        string[] parts = rest.Split('.', 2);
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number) || TableOf(parts[0], ref number) is not { } table || number - addressBase is < 0 or >= AreaSize)
        {
            return false;
        }

        string register = $"{table}:{number - addressBase}";
        if (parts.Length == 1)
        {
            address = new NeuronModbusAddress(unit, register, order, null, null);
            return type is not TagType.String;
        }

        if (type is TagType.String or TagType.Bytes)
        {
            return TryText(unit, register, parts[1], out address, ref problem);
        }

        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int bit) || bit > 15)
        {
            return false;
        }

        address = new NeuronModbusAddress(unit, register, order, bit, null);
        return true;
    }

    /// <remarks>The area is the sixth digit from the right; coils may be written without it.</remarks>
    private static string? TableOf(string digits, ref int number)
    {
        int area = digits.Length >= 6 ? digits[0] - '0' : 0;
        if (digits.Length >= 6)
        {
            number -= area * 100_000;
        }

        return area switch { 0 => "co", 1 => "di", 3 => "ir", 4 => "hr", _ => null };
    }

    private static bool TryOrder(string letters, out string? order)
    {
        order = letters switch { "L" or "LL" => null, "B" => "BA", "LB" => "BADC", "BL" => "CDAB", "BB" => "DCBA", _ => "" };
        return order != "";
    }

    /// <remarks>H: two characters in a register, the first one in the high byte; L: in the low byte. D and E use half of each register.</remarks>
    private static bool TryText(int unit, string register, string length, out NeuronModbusAddress address, ref string problem)
    {
        char way = length.Length > 0 && char.IsLetter(length[^1]) ? length[^1] : 'H';
        address = default;
        if (way is 'D' or 'E')
        {
            problem = "a text with one character in each register is not read; read it as bytes";
            return false;
        }

        if (!int.TryParse(length.TrimEnd('H', 'L'), NumberStyles.None, CultureInfo.InvariantCulture, out int bytes) || bytes is < 1 or > 250)
        {
            return false;
        }

        address = new NeuronModbusAddress(unit, register, way == 'L' ? "BA" : null, null, bytes + (bytes & 1));
        return true;
    }
}
