using System.Text;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>What makes the text of a cell unacceptable whatever its column is.</summary>
internal static class LedgerCell
{
    private const int ShownLengthMax = 60;

    /// <summary>Full-width digits, letters and signs as plain ones, as input methods for Chinese leave them in numbers and dates.</summary>
    public static string HalfWidth(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uff01', '\uff5e') && !text.Contains('\u3000'))
        {
            return text;
        }

        return string.Create(text.Length, text, static (span, from) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = from[i] switch
                {
                    '\u3000' => ' ',
                    >= '\uff01' and <= '\uff5e' => (char)(from[i] - 0xFEE0),
                    _ => from[i],
                };
            }
        });
    }

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
