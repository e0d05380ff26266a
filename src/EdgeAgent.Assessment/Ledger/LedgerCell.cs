using System.Text;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>What makes the text of a cell unacceptable whatever its column is.</summary>
internal static class LedgerCell
{
    private const int ShownLengthMax = 60;

    /// <summary>Whether a spreadsheet that opens a report with this text in a cell would run it as a formula.</summary>
    /// <remarks>Full-width signs count too: Chinese editions of spreadsheets take them for the plain ones.</remarks>
    public static bool IsFormula(ReadOnlySpan<char> text) => text is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..];

    /// <summary>Whether the text says "nothing": empty, or one of the dashes that ledgers put where nothing belongs.</summary>
    public static bool IsBlank(ReadOnlySpan<char> text) => text is "" or "-" or "—" or "——" or "/" or "－";

    /// <summary>Whether a control character (line breaks aside where <paramref name="lineBreaks"/>) is in the text.</summary>
    public static bool HasControl(ReadOnlySpan<char> text, bool lineBreaks)
    {
        foreach (char c in text)
        {
            if (char.IsControl(c) && !(lineBreaks && c is '\r' or '\n'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text for a message: short, on one line, harmless to a terminal.</summary>
    public static string Show(string text)
    {
        StringBuilder shown = new();
        foreach (char c in text.Length > ShownLengthMax ? text.AsSpan(0, ShownLengthMax) : text)
        {
            _ = char.IsControl(c) || char.IsSurrogate(c) ? shown.Append($"\\u{(int)c:x4}") : shown.Append(c);
        }

        return text.Length > ShownLengthMax ? shown.Append('…').ToString() : shown.ToString();
    }
}
