using System.Text;
using EdgeAgent.Core.Spreadsheets;

namespace EdgeAgent.Core.Configuration;

/// <summary>Turns a workbook (.xlsx) into the text that a CSV file of its sheet would have, line for row, so that point tables need not be
/// saved again. Formulas give the values that were saved with them.</summary>
/// <remarks>Read is the one visible sheet whose first row is the header of a tag table, past covers and notes before it.</remarks>
internal static class WorkbookText
{
    private const int ErrorsShown = 10;

    /// <param name="isHeader">Tells whether a row's cells are the header of a tag table.</param>
    /// <exception cref="WorkbookException">The bytes are no workbook, it has two such sheets, or cells of the table are errors (<c>#REF!</c>).</exception>
    public static string Read(byte[] bytes, Func<IEnumerable<string>, bool> isHeader)
    {
        using WorkbookReader workbook = WorkbookReader.Open(bytes);
        int[] visible = [.. Enumerable.Range(0, workbook.SheetNames.Count).Where(sheet => !workbook.IsHidden(sheet))];
        int[] fitting = [.. visible.Where(sheet => isHeader(workbook.ReadRows(sheet).FirstOrDefault(IsFilled).Cells?.Select(static cell => cell.Text) ?? []))];
        if (fitting.Length > 1)
        {
            throw new WorkbookException($"it has two tag tables, in the sheets '{workbook.SheetNames[fitting[0]]}' and '{workbook.SheetNames[fitting[1]]}'", "one of them");
        }

        // Without any header the first sheet is read, and what is wrong with it is told.
        return ToCsv(workbook.ReadRows(fitting is [int only] ? only : visible.FirstOrDefault()));
    }

    private static bool IsFilled(ReadRow row) => row.Cells.Any(static cell => !string.IsNullOrWhiteSpace(cell.Text));

    private static string ToCsv(IEnumerable<ReadRow> rows)
    {
        var csv = new StringBuilder();
        var wrong = new List<string>();
        int line = 1;
        foreach (ReadRow row in rows)
        {
            csv.Append('\n', row.Number - line);
            line = row.Number;
            int column = 0;
            foreach (ReadCell cell in row.Cells)
            {
                csv.Append(',', cell.Column - column).Append(Quoted(cell.Text));
                column = cell.Column;
                if (IsError(cell))
                {
                    wrong.Add($"{CellReference.ColumnName(cell.Column)}{row.Number} {cell.Text}");
                }
            }
        }

        return wrong.Count == 0 ? csv.ToString() : throw new WorkbookException($"it has {wrong.Count} cells that are errors: {string.Join(", ", wrong.Take(ErrorsShown))}", "values");
    }

    /// <remarks>As a text it could be the name of a tag. Of a formula only the value is known.</remarks>
    private static bool IsError(ReadCell cell) => cell.Kind == ReadCellKind.Error
        || (cell.Kind == ReadCellKind.Formula && cell.Text is ("#REF!" or "#N/A" or "#VALUE!" or "#NAME?" or "#DIV/0!" or "#NUM!" or "#NULL!"));

    /// <remarks>Always in quotes: a name like <c>#1泵</c> is no comment here, and a line break inside a cell must not count as a line.</remarks>
    private static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"";
}
