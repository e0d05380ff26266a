using System.Globalization;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>Dates as Chinese spreadsheets write them.</summary>
internal static class LedgerDate
{
    public const string Expected = "a date such as 2024-03-01, 2024/3/1 or 2024年3月1日";

    private static readonly string[] Formats = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd"];

    /// <summary>Reads a date between 1900 and 2199; a time of day that Excel adds is accepted when it is midnight.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateOnly date)
    {
        int space = text.IndexOf(' ');
        if (space > 0 && text[(space + 1)..].Trim() is "0:00" or "00:00" or "0:00:00" or "00:00:00")
        {
            text = text[..space];
        }

        return DateOnly.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out date)
            && date.Year is >= 1900 and < 2200;
    }
}
