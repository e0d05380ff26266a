using System.Text;
using EdgeAgent.Core.Spreadsheets;

namespace EdgeAgent.Core.Configuration;

/// <summary>A tag table as an editor shows it: columns and rows of text, good or not, and how the file was written.</summary>
/// <param name="Columns">Header names as they stand in the file.</param>
/// <param name="Rows">One list of cells a row, as many as there are columns.</param>
public sealed record TagSheet(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Most rows that an editor is given; longer tables are edited in a spreadsheet.</summary>
    public const int RowsMax = 20_000;

    public TableEncoding Encoding { get; init; }

    public char Separator { get; init; } = ',';

    public bool HasCarriageReturns { get; init; } = true;

    /// <summary>Comment lines before the header, which are kept.</summary>
    public IReadOnlyList<string> Heading { get; init; } = [];

    /// <summary>Lines of comments further down, which are lost when the table is written.</summary>
    public IReadOnlyList<int> CommentLines { get; init; } = [];

    /// <summary>The line of each row in the file that it was read from.</summary>
    public IReadOnlyList<int> Lines { get; init; } = [];

    /// <summary>The names under which columns are known: the English one first.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> ColumnNames => TagHeader.Names;

    /// <summary>The English name of a column, or null for a header that is none.</summary>
    public static string? NameOf(string header) => TagHeader.TryFind(header, out TagColumn column) ? TagHeader.Names[(int)column][0] : null;

    /// <summary>Null when the bytes are no text (a workbook is edited in a spreadsheet), the quotes do not fit, or there are too many rows.</summary>
    public static TagSheet? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > TagTable.BytesMax || WorkbookReader.IsPackage(bytes) || !TableText.TryDecode(bytes, out string text))
        {
            return null;
        }

        char separator = CsvReader.SeparatorOf(text);
        var reader = new CsvReader(text, separator);
        var cells = new List<string>();
        if (!reader.TryRead(cells) || reader.Problem is not null)
        {
            return null;
        }

        string[] columns = [.. cells.Select(static c => c.Trim())];
        int headerLine = reader.Line;
        var rows = new List<IReadOnlyList<string>>();
        var lines = new List<int>();
        while (reader.TryRead(cells))
        {
            if (reader.Problem is not null || rows.Count == RowsMax)
            {
                return null;
            }

            if (!cells.TrueForAll(string.IsNullOrWhiteSpace))
            {
                rows.Add([.. cells, .. Enumerable.Repeat("", Math.Max(0, columns.Length - cells.Count))]);
                lines.Add(reader.Line);
            }
        }

        string[] all = text.Split('\n');
        return new TagSheet(columns, rows)
        {
            Encoding = TableEncodings.Of(bytes),
            Separator = separator,
            HasCarriageReturns = text.Contains("\r\n", StringComparison.Ordinal),
            Heading = [.. all.Take(headerLine - 1).Select(static l => l.TrimEnd('\r')).Where(static l => l.StartsWith('#'))],
            CommentLines = [.. Enumerable.Range(headerLine, Math.Max(0, all.Length - headerLine)).Where(i => all[i].StartsWith('#')).Select(static i => i + 1)],
            Lines = lines,
        };
    }

    /// <summary>The file, in the encoding and with the separator and line ends that it had.</summary>
    public byte[] ToBytes()
    {
        string newLine = HasCarriageReturns ? "\r\n" : "\n";
        var text = new StringBuilder();
        foreach (string line in Heading)
        {
            text.Append(line).Append(newLine);
        }

        Append(text, Columns, newLine);
        foreach (IReadOnlyList<string> row in Rows)
        {
            Append(text, row, newLine);
        }

        return TableEncodings.Encode(text.ToString(), Encoding);
    }

    private void Append(StringBuilder text, IReadOnlyList<string> cells, string newLine)
    {
        for (int i = 0; i < cells.Count; i++)
        {
            text.Append(i == 0 ? "" : Separator).Append(Quoted(cells[i], i == 0));
        }

        text.Append(newLine);
    }

    /// <remarks>A first cell that begins like a comment would be passed over.</remarks>
    private string Quoted(string cell, bool isFirst) =>
        cell.AsSpan().IndexOfAny("\"\r\n,;\t") >= 0 || cell.Contains(Separator) || (isFirst && cell.StartsWith('#'))
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : cell;
}
