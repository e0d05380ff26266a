using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using EdgeAgent.Protocols.S7;

namespace EdgeAgent.Collector.Drivers.S7;

/// <summary>Where a tag lies in a controller, as engineers write it.</summary>
/// <param name="Area">The memory area.</param>
/// <param name="Block">Number of the data block; 0 in other areas.</param>
/// <param name="Start">First byte.</param>
/// <param name="Bit">0 to 7, or -1.</param>
/// <param name="WidthBytes">1, 2, 4 or 8 as the letter says; 0 when the address does not say.</param>
internal readonly partial record struct S7Address(S7Area Area, int Block, int Start, int Bit, int WidthBytes)
{
    public const int StartMax = 65_535;

    /// <summary>DB10.DBX4.0, DB10.DBB4, DB10.DBW4, DB10.DBD4, DB10.4, M0.1, MB4, MW4, MD4, I, E, Q, A and V alike.</summary>
    public static bool TryParse(string text, out S7Address address, [NotNullWhen(false)] out string? problem)
    {
        address = default;
        Match match = DataBlock().Match(text);
        S7Area area = S7Area.DataBlock;
        string block = "0";
        if (match.Success)
        {
            block = match.Groups["block"].Value;
        }
        else
        {
            match = Plain().Match(text);
            if (!match.Success)
            {
                problem = "not an S7 address";
                return false;
            }

            char letter = char.ToUpperInvariant(match.Groups["area"].Value[0]);
            area = letter switch
            {
                'I' or 'E' => S7Area.Inputs,
                'Q' or 'A' => S7Area.Outputs,
                'M' => S7Area.Flags,
                _ => S7Area.DataBlock,
            };
            // The V memory of an S7-200 SMART is its data block 1.
            block = letter == 'V' ? "1" : "0";
        }

        if (!int.TryParse(block, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number > StartMax
            || !int.TryParse(match.Groups["start"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int start) || start > StartMax)
        {
            problem = $"a number beyond {StartMax}";
            return false;
        }

        char width = match.Groups["width"] is { Length: > 0 } w ? char.ToUpperInvariant(w.Value[0]) : ' ';
        int bit = match.Groups["bit"] is { Length: > 0 } b ? b.Value[0] - '0' : -1;
        if (bit > 7)
        {
            problem = $"bit {bit}, and a byte has bits 0 to 7";
            return false;
        }

        if (bit >= 0 && width is not (' ' or 'X'))
        {
            problem = "a bit of something wider than a bit";
            return false;
        }

        if (width == 'X' && bit < 0)
        {
            problem = "a bit address without its bit";
            return false;
        }

        address = new S7Address(area, number, start, bit, width switch { 'B' => 1, 'W' => 2, 'D' => 4, 'L' => 8, _ => 0 });
        problem = null;
        return true;
    }

    public override string ToString()
    {
        string at = Bit < 0 ? Start.ToString(CultureInfo.InvariantCulture) : $"{Start}.{Bit}";
        return Area switch
        {
            S7Area.DataBlock => $"DB{Block}.{at}",
            S7Area.Inputs => $"I{at}",
            S7Area.Outputs => $"Q{at}",
            _ => $"M{at}",
        };
    }

    [GeneratedRegex(@"^\s*DB(?<block>\d{1,5})\s*[.,]\s*(DB)?(?<width>[XBWDL])?(?<start>\d{1,5})([.](?<bit>\d))?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DataBlock();

    [GeneratedRegex(@"^\s*%?(?<area>[IEQAMV])(?<width>[XBWDL])?(?<start>\d{1,5})([.](?<bit>\d))?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
