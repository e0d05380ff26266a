using System.Globalization;
using EdgeAgent.Assessment.Spreadsheets;
using EdgeAgent.Core.Spreadsheets;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>Dates as Chinese spreadsheets write them.</summary>
internal static class LedgerDate
{
    public const string Expected = "a date such as 2024-03-01, 2024/3/1 or 2024年3月1日";

    private const int SerialDigits = 5;

    /// <summary>1950-01-01: no machine in service is older, and smaller numbers are postal codes and mistakes.</summary>
    private const int SerialMin = 18_264;

    private static readonly string[] Formats = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd"];

    /// <summary>Reads a date between 1900 and 2199; a time of day that Excel adds is accepted when it is midnight.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateOnly date)
    {
        int space = text.IndexOf(' ');
        if (space > 0 && text[(space + 1)..].Trim() is "0:00" or "00:00" or "0:00:00" or "00:00:00")
        {
            text = text[..space];
        }

        // A day count of a spreadsheet whose cell lost its date format; four and six digits are no dates.
        if (text.Length == SerialDigits && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int serial) && serial >= SerialMin)
        {
            return ExcelDate.TryRead(serial, since1904: false, out date);
        }

        return DateOnly.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out date)
            && date.Year is >= 1900 and < 2200;
    }
}
