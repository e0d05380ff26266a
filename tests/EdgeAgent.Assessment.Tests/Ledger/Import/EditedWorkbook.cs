using EdgeAgent.Assessment.Spreadsheets;
using EdgeAgent.Core.Spreadsheets;

namespace EdgeAgent.Assessment.Tests.Ledger.Import;

/// <summary>An exported workbook as somebody edits it in a spreadsheet: cells are changed, rows added and removed, and it is saved again.</summary>
internal sealed class EditedWorkbook
{
    private readonly List<(string Name, List<List<SheetCell>> Rows)> _sheets = [];

    public EditedWorkbook(byte[] file)
    {
        using WorkbookReader reader = WorkbookReader.Open(file);
        for (int i = 0; i < reader.SheetNames.Count; i++)
        {
            _sheets.Add((reader.SheetNames[i], [.. reader.ReadRows(i).Select(row =>
                Enumerable.Range(0, row.Cells[^1].Column + 1).Select(c => CellOf(row, c)).ToList())]));
        }
    }

    public IReadOnlyList<string> Names => [.. _sheets.Select(s => s.Name)];

    /// <summary>Writes a cell; row as the spreadsheet numbers it, column by its header.</summary>
    public EditedWorkbook Set(string sheet, int row, string header, SheetCell value)
    {
        List<List<SheetCell>> rows = Rows(sheet);
        int column = rows[0].FindIndex(c => c.Content == header);
        while (rows[row - 1].Count <= column)
        {
            rows[row - 1].Add(SheetCell.Blank);
        }

        rows[row - 1][column] = value;
        return this;
    }

    public EditedWorkbook Add(string sheet, params SheetCell[] cells)
    {
        Rows(sheet).Add([.. cells]);
        return this;
    }

    public EditedWorkbook Remove(string sheet, int row)
    {
        Rows(sheet).RemoveAt(row - 1);
        return this;
    }

    public EditedWorkbook Sheet(string name, params string[] header)
    {
        _sheets.Add((name, [[.. header.Select(h => (SheetCell)h)]]));
        return this;
    }

    public byte[] Save()
    {
        using WorkbookWriter workbook = new();
        foreach ((string name, List<List<SheetCell>> rows) in _sheets)
        {
            SheetWriter sheet = workbook.AddSheet(name, [.. rows[0].Select(h => new SheetColumn(h.Content!))]);
            foreach (List<SheetCell> row in rows.Skip(1))
            {
                sheet.AddRow([.. row]);
            }
        }

        return workbook.ToBytes();
    }

    private List<List<SheetCell>> Rows(string sheet) => _sheets.Single(s => s.Name == sheet).Rows;

    private static SheetCell CellOf(ReadRow row, int column)
    {
        foreach (ReadCell cell in row.Cells)
        {
            if (cell.Column == column)
            {
                return cell.Kind == ReadCellKind.Number ? SheetCell.Number((decimal)cell.Number) : SheetCell.Text(cell.Text);
            }
        }

        return SheetCell.Blank;
    }
}
