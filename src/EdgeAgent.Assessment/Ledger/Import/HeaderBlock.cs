using EdgeAgent.Assessment.Spreadsheets;
using EdgeAgent.Core.Spreadsheets;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>The header of a sheet, whose first rows may be a title over all columns and headings over groups of columns.</summary>
/// <param name="Row">The last row of the header.</param>
/// <param name="Cells">The header of each column.</param>
internal sealed record HeaderBlock(int Row, string[] Cells)
{
    private const int HeadersMin = 2;

    /// <summary>The last of the first rows that holds headers of a ledger; a cell merged with the row above takes that one's text.</summary>
    /// <exception cref="WorkbookException">The rows hold nothing.</exception>
    public static HeaderBlock Find(IEnumerable<ReadRow> first, MergedRows merged)
    {
        ReadRow[] rows = [.. first];
        if (rows.Length == 0)
        {
            throw new WorkbookException("the sheet is empty", "a header row and one row for each asset");
        }

        HeaderBlock? found = null;
        foreach (ReadRow row in rows)
        {
            int own = LedgerColumn.CountHeaders(row.Cells.Select(c => c.Text));
            if (own >= HeadersMin || (found is null && own == 1))
            {
                found = new HeaderBlock(row.Number, Texts(row, rows, merged));
            }
        }

        return found ?? rows
            .Where(r => r.Cells.Count > HeadersMin)
            .Select(r => new HeaderBlock(r.Number, Texts(r, rows, merged)))
            .FirstOrDefault() ?? new HeaderBlock(rows[0].Number, Texts(rows[0], rows, merged));
    }

    private static string[] Texts(ReadRow row, ReadRow[] rows, MergedRows merged)
    {
        MergedCells[] down = [.. merged.Over(row.Number).Where(m => m.FirstRow < row.Number)];
        int width = Math.Max(row.Cells.Count == 0 ? 0 : row.Cells[^1].Column, down.Select(m => m.FirstColumn).DefaultIfEmpty().Max()) + 1;
        string[] texts = new string[Math.Min(width, WorkbookReader.ColumnsMax)];
        for (int i = 0; i < texts.Length; i++)
        {
            string own = row[i];
            MergedCells? above = down.Where(m => m.Contains(i, row.Number)).Select(m => (MergedCells?)m).FirstOrDefault();
            texts[i] = own.Length > 0 || above is not { } merge ? own
                : rows.FirstOrDefault(r => r.Number == merge.FirstRow) is { Cells: not null } top ? top[merge.FirstColumn] : "";
        }

        return texts;
    }
}
