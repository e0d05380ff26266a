using System.Globalization;
using System.Text;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>Writes the tables of a pack: UTF-8 with mark, commas, CRLF, as spreadsheets in China open them without being asked.</summary>
internal sealed class EvidenceCsv
{
    private readonly StringBuilder _text = new("\uFEFF");
    private bool _inRow;

    public EvidenceCsv(params ReadOnlySpan<string> header)
    {
        foreach (string title in header)
        {
            Cell(title);
        }

        EndRow();
    }

    public EvidenceCsv Cell(string text)
    {
        if (_inRow)
        {
            _text.Append(',');
        }

        _inRow = true;
        // A spreadsheet would run such a cell as a formula; a number is none.
        bool formula = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '＝' or '＋' or '－' or '＠'
            && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        if (formula || text.AsSpan().IndexOfAny(",\"\r\n") >= 0)
        {
            _text.Append('"').Append(formula ? "'" : "").Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
        else
        {
            _text.Append(text);
        }

        return this;
    }

    public EvidenceCsv Cell(long number) => Cell(number.ToString(CultureInfo.InvariantCulture));

    public void EndRow()
    {
        _text.Append("\r\n");
        _inRow = false;
    }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_text.ToString());
}
