using EdgeAgent.Assessment.Spreadsheets;
using EdgeAgent.Core.Spreadsheets;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>Merged cells by the rows that they reach over.</summary>
internal sealed class MergedRows
{
    /// <summary>A merge over more rows than this is of a whole column, not of a table.</summary>
    private const int SpanMax = 10_000;

    private readonly Dictionary<int, List<MergedCells>> _byRow = [];

    public MergedRows(IReadOnlyList<MergedCells> merges)
    {
        long spanned = 0;
        foreach (MergedCells merge in merges.Where(m => m.LastRow >= m.FirstRow && m.LastColumn >= m.FirstColumn))
        {
            int last = Math.Min(merge.LastRow, merge.FirstRow + SpanMax);
            spanned += last - merge.FirstRow;
            if (spanned > LedgerCsv.RowsMax * 2)
            {
                throw new WorkbookException("it has more merged cells than a table", "a table without merged cells below its header");
            }

            for (int row = merge.FirstRow; row <= last; row++)
            {
                (_byRow.TryGetValue(row, out List<MergedCells>? over) ? over : _byRow[row] = []).Add(merge);
            }
        }
    }

    public IReadOnlyList<MergedCells> Over(int row) => _byRow.GetValueOrDefault(row) ?? [];
}
