using System.Text;
using System.Text.RegularExpressions;

namespace EdgeAgent.Core.Spreadsheets;

/// <summary>Text as XLSX keeps it: characters that XML cannot hold are replaced, and what looks like an escape is escaped.</summary>
public static partial class SheetText
{
    /// <summary>The most characters that a cell of Excel holds.</summary>
    public const int LengthMax = 32_767;

    private const char Replacement = '\ufffd';

    public static string Encode(string text)
    {
        text = text.Contains('\r') ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : text;
        string cut = text.Length > LengthMax ? text[..(LengthMax - 1)] + "…" : text;
        return Escape().Replace(Clean(cut), "_x005F_");
    }

    /// <summary>Undoes <c>_x000D_</c> and the like (ECMA-376 part 1, 22.9.2.19).</summary>
    public static string Decode(string text) => text.Contains("_x", StringComparison.Ordinal)
        ? Escaped().Replace(text, match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString())
        : text;

    private static string Clean(string text)
    {
        StringBuilder? clean = null;
        for (int i = 0; i < text.Length; i++)
        {
            bool pair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            bool good = pair || text[i] is '\t' or '\n' or '\r' or (>= ' ' and < '\ud800') or (>= '\ue000' and < '\ufffe');
            if (!good)
            {
                clean ??= new StringBuilder(text);
                clean[i] = Replacement;
            }

            i += pair ? 1 : 0;
        }

        return clean?.ToString() ?? text;
    }

    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_", RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();
}
