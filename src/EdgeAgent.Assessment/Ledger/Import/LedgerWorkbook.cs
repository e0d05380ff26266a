using System.Globalization;
using System.Security.Cryptography;
using EdgeAgent.Assessment.Spreadsheets;
using EdgeAgent.Core.Spreadsheets;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>Reads a device ledger from a sheet of an XLSX file; the columns and rules are those of the CSV file.</summary>
public static class LedgerWorkbook
{
    /// <summary>What <see cref="LedgerImport.Encoding"/> says of a workbook.</summary>
    public const string Format = "xlsx";

    private const int HeaderRowsMax = 10;
    private const int HeadersMin = 2;

    /// <summary>Reads the whole file or reports everything that is wrong with it.</summary>
    public static LedgerImport Read(byte[] file)
    {
        LedgerTableReader table = new();
        LedgerParts parts = LedgerParts.None;
        try
        {
            using WorkbookReader workbook = WorkbookReader.Open(file);
            int assets = SheetOf(workbook);
            ReadSheet(workbook, assets, table);
            NameSheet(table.Problems, workbook, assets);
            parts = LedgerParts.Read(workbook, assets);
        }
        catch (WorkbookException e)
        {
            table.Problems.Add(new LedgerProblem(0, "", "", LedgerCell.Show(e.Problem), e.Expected));
        }

        return table.Problems.Count > 0
            ? new LedgerImport(null, table.Problems, Format) { Parts = parts }
            : new LedgerImport(new DeviceLedger(table.Entries, Convert.ToHexStringLower(SHA256.HashData(file))), [], Format) { Fields = table.Fields, Parts = parts };
    }

    /// <summary>Where a workbook has several sheets, a row alone does not say where to look.</summary>
    private static void NameSheet(List<LedgerProblem> problems, WorkbookReader workbook, int sheet)
    {
        for (int i = 0; workbook.SheetNames.Count > 1 && i < problems.Count; i++)
        {
            problems[i] = problems[i] with { Sheet = workbook.SheetNames[sheet] };
        }
    }

    /// <summary>The first sheet whose first rows hold headers of a ledger and that is none of its other parts; the first one where none does.</summary>
    private static int SheetOf(WorkbookReader workbook)
    {
        for (int i = 0; i < workbook.SheetNames.Count; i++)
        {
            if (LedgerParts.PartOf(workbook, i) is null
                && workbook.ReadRows(i).TakeWhile(r => r.Number <= HeaderRowsMax).Any(r => LedgerColumn.CountHeaders(r.Cells.Select(c => c.Text)) > HeadersMin))
            {
                return i;
            }
        }

        return 0;
    }

    private static void ReadSheet(WorkbookReader workbook, int sheet, LedgerTableReader table)
    {
        MergedRows merged = new(workbook.ReadMerges(sheet));
        HeaderBlock header = HeaderBlock.Find(workbook.ReadRows(sheet).TakeWhile(r => r.Number <= HeaderRowsMax), merged);
        int width = header.Cells.Length;
        table.Add(header.Row, header.Cells);
        int rows = 0;
        foreach (ReadRow row in workbook.ReadRows(sheet).SkipWhile(r => r.Number <= header.Row))
        {
            if (++rows > LedgerCsv.RowsMax)
            {
                table.Problems.Add(new LedgerProblem(row.Number, "", "", "is one row too many", $"at most {LedgerCsv.RowsMax} assets"));
                return;
            }

            if (Cells(row, width, workbook.Since1904, merged, table) is { } cells)
            {
                table.Add(row.Number, cells);
            }
        }

        table.Finish();
    }

    /// <returns>The texts of a row; null when something is wrong with it, which is reported.</returns>
    private static string[]? Cells(ReadRow row, int width, bool since1904, MergedRows merged, LedgerTableReader table)
    {
        string[] cells = new string[width];
        Array.Fill(cells, "");
        int problems = table.Problems.Count;
        foreach (ReadCell cell in row.Cells)
        {
            string column = cell.Column < width ? table.ColumnOf(cell.Column)?.Header ?? "" : "";
            string place = column.Length > 0 ? column : CellReference.ColumnName(cell.Column);
            if (cell.Kind is ReadCellKind.Formula or ReadCellKind.Error)
            {
                (string problem, string expected) = cell.Kind == ReadCellKind.Formula
                    ? ("is a formula", "a value: copy the cells and paste them as values")
                    : ("is an error", "a value");
                table.Problems.Add(new LedgerProblem(row.Number, place, LedgerCell.Show(cell.Text), problem, expected));
            }
            else if (cell.Column < width)
            {
                cells[cell.Column] = table.ColumnOf(cell.Column) is { IsDate: true } ? DateText(cell, since1904) : cell.Text;
            }
            else if (!string.IsNullOrWhiteSpace(cell.Text))
            {
                table.Problems.Add(new LedgerProblem(row.Number, place, LedgerCell.Show(cell.Text), "is beside the table", "a header above each column"));
            }
        }

        foreach (MergedCells over in merged.Over(row.Number).Where(m => m.FirstColumn < width && m.LastRow > m.FirstRow))
        {
            table.Problems.Add(new LedgerProblem(
                row.Number, table.ColumnOf(over.FirstColumn)?.Header ?? CellReference.ColumnName(over.FirstColumn), "",
                $"is merged with rows {over.FirstRow} to {over.LastRow}", "one row for each asset: unmerge the cells and fill each"));
        }

        return table.Problems.Count == problems ? cells : null;
    }

    private static string DateText(ReadCell cell, bool since1904) =>
        cell.Kind == ReadCellKind.Number && cell.Number == Math.Floor(cell.Number) && cell.Text.Length <= 5 && ExcelDate.TryRead(cell.Number, since1904, out DateOnly date)
            ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : cell.Text;
}
