using System.Text;

namespace EdgeAgent.Assessment.Spreadsheets;

/// <summary>Writes tables as CSV that spreadsheets open without asking: UTF-8 with its mark, CRLF, RFC 4180 quoting, formulas neutralized.</summary>
public static class CsvText
{
    private static readonly char[] Special = ['"', ',', '\r', '\n'];

    public static byte[] Write(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        StringBuilder text = new("\ufeff");
        Row(text, headers);
        foreach (IReadOnlyList<string> row in rows)
        {
            Row(text, row);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Row(StringBuilder text, IReadOnlyList<string> cells)
    {
        for (int i = 0; i < cells.Count; i++)
        {
            string cell = FormulaText.Neutralize(cells[i]);
            _ = i > 0 ? text.Append(',') : text;
            _ = cell.IndexOfAny(Special) < 0
                ? text.Append(cell)
                : text.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }

        text.Append("\r\n");
    }
}
