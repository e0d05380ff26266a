namespace EdgeAgent.Core.Configuration;

/// <summary>Cells as a spreadsheet puts them on the clipboard: tabs between cells, cells with line breaks in quotes.</summary>
public static class PastedCells
{
    /// <summary>What a person can look over.</summary>
    public const int CharsMax = 4 << 20;

    /// <param name="text">From the clipboard.</param>
    /// <param name="columns">The columns that cells go into when the first row is no header.</param>
    /// <param name="into">The columns that a table has: one that the header calls by another of its names is the same.</param>
    /// <returns>Null when the text has no rows, or quotes that do not fit.</returns>
    public static TagSheet? Read(string text, IReadOnlyList<string> columns, IReadOnlyList<string>? into = null)
    {
        if (text.Length > CharsMax)
        {
            return null;
        }

        var reader = new CsvReader(text, text.Contains('\t') ? '\t' : CsvReader.SeparatorOf(text), hasComments: false);
        var cells = new List<string>();
        var rows = new List<IReadOnlyList<string>>();
        while (reader.TryRead(cells))
        {
            if (reader.Problem is not null || rows.Count > TagSheet.RowsMax)
            {
                return null;
            }

            if (!cells.TrueForAll(string.IsNullOrWhiteSpace))
            {
                rows.Add([.. cells.Select(static c => c.Trim())]);
            }
        }

        if (rows.Count == 0)
        {
            return null;
        }

        // One recognized name may be a tag that is called so; two are a header.
        bool hasHeader = rows[0].Count(static c => TagHeader.TryFind(c, out _)) >= Math.Min(2, rows[0].Count);
        IReadOnlyList<string> names = hasHeader ? [.. rows[0].Select(name => SpellingOf(name, into ?? []))] : columns;
        int width = Math.Max(names.Count, rows.Max(static r => r.Count));
        return new TagSheet(
            [.. names, .. Enumerable.Repeat("", width - names.Count)],
            [.. rows.Skip(hasHeader ? 1 : 0).Select(row => (IReadOnlyList<string>)[.. row, .. Enumerable.Repeat("", width - row.Count)])]);
    }

    private static string SpellingOf(string name, IReadOnlyList<string> into) => TagHeader.TryFind(name, out TagColumn column)
        ? into.FirstOrDefault(other => TagHeader.TryFind(other, out TagColumn same) && same == column) ?? name
        : name;
}
