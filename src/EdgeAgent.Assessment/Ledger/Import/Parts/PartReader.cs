using EdgeAgent.Assessment.Spreadsheets;
using EdgeAgent.Core.Spreadsheets;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>Reads the rows of a sheet beside the assets; what is wrong is reported with sheet, row and column.</summary>
internal sealed class PartReader(LedgerPart part, List<LedgerProblem> problems)
{
    private int[] _places = [];
    private string[] _headers = [];

    public IReadOnlyList<PartRow> Read(WorkbookReader workbook, int sheet)
    {
        List<PartRow> rows = [];
        int before = problems.Count;
        HashSet<int> merged = [.. workbook.ReadMerges(sheet).Where(m => m.LastRow > m.FirstRow).SelectMany(m => Enumerable.Range(m.FirstRow, Math.Min(m.LastRow - m.FirstRow + 1, LedgerCsv.RowsMax)))];
        foreach (ReadRow row in workbook.ReadRows(sheet))
        {
            if (_headers.Length == 0)
            {
                ReadHeader(row);
            }
            else if (problems.Count > before && rows.Count == 0 && _places.Length == 0)
            {
                break;
            }
            else if (rows.Count == LedgerCsv.RowsMax)
            {
                Refuse(row.Number, "", "", "is one row too many", $"at most {LedgerCsv.RowsMax} rows");
                break;
            }
            else if (row.Cells.Any(c => !string.IsNullOrWhiteSpace(c.Text)))
            {
                Take(row, merged.Contains(row.Number), workbook.Since1904, rows);
            }
        }

        return rows;
    }

    private void ReadHeader(ReadRow row)
    {
        _headers = [.. Enumerable.Range(0, row.Cells.Count == 0 ? 0 : row.Cells[^1].Column + 1).Select(i => row[i].Trim())];
        int[] places = new int[part.Columns.Length];
        Array.Fill(places, -1);
        int before = problems.Count;
        for (int i = 0; i < _headers.Length; i++)
        {
            int column = part.ColumnOf(_headers[i]);
            if (column < 0 && _headers[i].Length > 0 && !LedgerColumn.IsRowNumber(_headers[i]))
            {
                Refuse(row.Number, CellReference.ColumnName(i), LedgerCell.Show(_headers[i]), "is not a known header", $"one of {string.Join(", ", part.Columns.Select(c => c.Header))}");
            }
            else if (column >= 0 && places[column] >= 0)
            {
                Refuse(row.Number, _headers[i], "", $"repeats column {_headers[i]}", "each column once");
            }
            else if (column >= 0)
            {
                places[column] = i;
            }
        }

        for (int i = 0; i < places.Length; i++)
        {
            if (part.Columns[i].Required && places[i] < 0)
            {
                Refuse(row.Number, part.Columns[i].Header, "", "is missing", $"a column {part.Columns[i].Header}");
            }
        }

        _places = problems.Count == before ? places : [];
    }

    private void Take(ReadRow row, bool isMerged, bool since1904, List<PartRow> rows)
    {
        int before = problems.Count;
        foreach (ReadCell cell in row.Cells)
        {
            string header = cell.Column < _headers.Length ? _headers[cell.Column] : "";
            string place = header.Length > 0 ? header : CellReference.ColumnName(cell.Column);
            if (cell.Kind is ReadCellKind.Formula or ReadCellKind.Error)
            {
                bool formula = cell.Kind == ReadCellKind.Formula;
                Refuse(row.Number, place, LedgerCell.Show(cell.Text), formula ? "is a formula" : "is an error", formula ? "a value: copy the cells and paste them as values" : "a value");
            }
            else if (header.Length == 0 && !string.IsNullOrWhiteSpace(cell.Text))
            {
                Refuse(row.Number, place, LedgerCell.Show(cell.Text), "is beside the table", "a header above each column");
            }
        }

        if (isMerged)
        {
            Refuse(row.Number, "", "", "has cells that are merged with other rows", "one row for each: unmerge the cells and fill each");
        }

        if (_places.Length > 0 && problems.Count == before)
        {
            rows.Add(new PartRow(part, row, _places, since1904, problems));
        }
    }

    private void Refuse(int row, string column, string value, string problem, string expected) =>
        problems.Add(new LedgerProblem(row, column, value, problem, expected) { Sheet = part.Sheet });
}
