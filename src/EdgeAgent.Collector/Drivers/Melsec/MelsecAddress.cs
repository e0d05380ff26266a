using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using EdgeAgent.Protocols.Melsec;

namespace EdgeAgent.Collector.Drivers.Melsec;

/// <summary>Where a tag lies in a controller.</summary>
/// <param name="Area">The device area.</param>
/// <param name="Number">The device's number.</param>
/// <param name="Bit">Bit of a word, 0 to 15, or -1.</param>
internal readonly partial record struct MelsecAddress(MelsecArea Area, int Number, int Bit)
{
    /// <summary>Numbers have three bytes on the wire.</summary>
    public const int NumberMax = 0xFF_FFFF;

    /// <summary>D100, D100.5 or D100.F, M10, X1F, Y20, B1A, W10F, R200, ZR100, L, F, SM400, SD200, TN0, CN0.</summary>
    /// <param name="octalInputs">Whether X and Y count octal, as in the FX series.</param>
    public static bool TryParse(string text, bool octalInputs, out MelsecAddress address, [NotNullWhen(false)] out string? problem)
    {
        address = default;
        Match match = Form().Match(text);
        if (!match.Success)
        {
            problem = "not a device of a Mitsubishi controller";
            return false;
        }

        (MelsecArea area, int numberBase) = match.Groups["area"].Value.ToUpperInvariant() switch
        {
            "X" => (MelsecArea.Input, octalInputs ? 8 : 16),
            "Y" => (MelsecArea.Output, octalInputs ? 8 : 16),
            "B" => (MelsecArea.LinkRelay, 16),
            "W" => (MelsecArea.LinkRegister, 16),
            "M" => (MelsecArea.InternalRelay, 10),
            "L" => (MelsecArea.LatchRelay, 10),
            "F" => (MelsecArea.Annunciator, 10),
            "SM" => (MelsecArea.SpecialRelay, 10),
            "SD" => (MelsecArea.SpecialRegister, 10),
            "R" => (MelsecArea.FileRegister, 10),
            "ZR" => (MelsecArea.FileRegisterSerial, 10),
            "TN" => (MelsecArea.TimerValue, 10),
            "CN" => (MelsecArea.CounterValue, 10),
            _ => (MelsecArea.DataRegister, 10),
        };
        if (!TryNumber(match.Groups["number"].Value, numberBase, out int number))
        {
            problem = numberBase switch { 8 => "X and Y count octal here, digits 0 to 7", 10 => "its number is decimal", _ => "a number too high" };
            return false;
        }

        int bit = -1;
        if (match.Groups["bit"] is { Length: > 0 } digit)
        {
            // One letter is a hexadecimal digit as in GX Works; 10 to 15 are taken as well.
            bit = digit.Length == 1 ? int.Parse(digit.ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : int.Parse(digit.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        }

        if (bit > 15)
        {
            problem = $"bit {bit}, and a word has bits 0 to F";
            return false;
        }

        if (bit >= 0 && area.IsBits())
        {
            problem = "a bit of a device that is a bit itself";
            return false;
        }

        address = new MelsecAddress(area, number, bit);
        problem = null;
        return true;
    }

    private static bool TryNumber(string digits, int numberBase, out int number)
    {
        number = 0;
        foreach (char c in digits)
        {
            int digit = char.IsAsciiDigit(c) ? c - '0' : char.ToUpperInvariant(c) - 'A' + 10;
            if (digit >= numberBase || number > NumberMax)
            {
                return false;
            }

            number = (number * numberBase) + digit;
        }

        return number <= NumberMax;
    }

    [GeneratedRegex(@"^\s*(?<area>SM|SD|ZR|TN|CN|X|Y|M|L|F|B|D|W|R)(?<number>[0-9A-F]{1,8})([.](?<bit>[0-9A-F]|1[0-9]))?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
