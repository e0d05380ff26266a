using System.Globalization;
using System.Xml;

namespace EdgeAgent.Core.Spreadsheets;

/// <summary>Reads the rows of one sheet's XML.</summary>
internal sealed class SheetReader(SharedTexts shared, DateFormats formats, bool since1904)
{
    private const int MergesMax = 100_000;

    public IEnumerable<ReadRow> Rows(XmlReader part)
    {
        int last = 0;
        while (part.Read())
        {
            if (part is { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                int number = RowNumber(part.GetAttribute("r"), last + 1);
                last = number > last ? number
                    : throw new WorkbookException($"row {number} comes after row {last}", "rows in ascending order, as a spreadsheet saves them");
                List<ReadCell> cells = Cells(part, number);
                if (cells.Count > 0)
                {
                    yield return new ReadRow(number, cells);
                }
            }
        }
    }

    public static IReadOnlyList<MergedCells> Merges(XmlReader part)
    {
        List<MergedCells> merges = [];
        while (part.Read())
        {
            if (part is { NodeType: XmlNodeType.Element, LocalName: "mergeCell" } && merges.Count < MergesMax
                && part.GetAttribute("ref")?.Split(':') is [var from, var to]
                && CellReference.TryParse(from, out int firstColumn, out int firstRow) && CellReference.TryParse(to, out int lastColumn, out int lastRow))
            {
                merges.Add(new MergedCells(firstColumn, firstRow, lastColumn, lastRow));
            }
        }

        return merges;
    }

    private List<ReadCell> Cells(XmlReader part, int row)
    {
        List<ReadCell> cells = [];
        if (part.IsEmptyElement)
        {
            return cells;
        }

        int depth = part.Depth;
        int column = -1;
        while (part.Read() && part.Depth > depth)
        {
            if (part is not { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                continue;
            }

            int next = part.GetAttribute("r") is not { } reference ? column + 1
                : CellReference.TryParse(reference, out int named, out int namedRow) && namedRow == row ? named
                : throw new WorkbookException($"row {row} has a cell '{reference}'", $"a reference such as A{row}");
            column = next > column ? next : throw new WorkbookException($"row {row} has its cells out of order", "cells as a spreadsheet saves them");
            if (Cell(part, column) is { } cell)
            {
                cells.Add(column < WorkbookReader.ColumnsMax ? cell
                    : throw new WorkbookException($"row {row} has content in column {CellReference.ColumnName(column)}", $"at most {WorkbookReader.ColumnsMax} columns"));
            }
        }

        return cells;
    }

    private ReadCell? Cell(XmlReader part, int column)
    {
        string type = part.GetAttribute("t") ?? "n";
        string? style = part.GetAttribute("s");
        string value = "";
        bool formula = false;
        if (!part.IsEmptyElement)
        {
            int depth = part.Depth;
            while (part.Read() && part.Depth > depth)
            {
                if (part.NodeType != XmlNodeType.Element)
                {
                    continue;
                }

                switch (part.LocalName)
                {
                    case "v": value = WorkbookXml.TextOf(part, "v"); break;
                    case "is": value = WorkbookXml.TextOf(part, "t"); break;
                    case "f": formula = true; WorkbookXml.Skip(part); break;
                }
            }
        }

        return formula ? new ReadCell(column, ReadCellKind.Formula, value) : value.Length == 0 ? null : Convert(column, type, style, value);
    }

    private ReadCell Convert(int column, string type, string? style, string value) => type switch
    {
        "s" => new ReadCell(column, ReadCellKind.Text, shared.Find(value) ?? throw new WorkbookException($"a cell refers to text {LimitedText(value)}, which is not there", "an .xlsx file as a spreadsheet saves it")),
        "str" or "inlineStr" => new ReadCell(column, ReadCellKind.Text, value),
        "b" => new ReadCell(column, ReadCellKind.Boolean, value == "1" ? "TRUE" : "FALSE"),
        "e" => new ReadCell(column, ReadCellKind.Error, value),
        "d" => new ReadCell(column, ReadCellKind.Date, value.Split('T')[0]),
        _ => Number(column, style, value),
    };

    private ReadCell Number(int column, string? style, string value)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
        {
            return new ReadCell(column, ReadCellKind.Error, value);
        }

        if (formats.IsDate(style) && number == Math.Floor(number) && ExcelDate.TryRead(number, since1904, out DateOnly date))
        {
            return new ReadCell(column, ReadCellKind.Date, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), number);
        }

        // 15 digits are what a spreadsheet shows; more would show the error of the binary form.
        return new ReadCell(column, ReadCellKind.Number, Math.Abs(number) < 1e15 && number == Math.Floor(number)
            ? ((long)number).ToString(CultureInfo.InvariantCulture)
            : number.ToString("G15", CultureInfo.InvariantCulture), number);
    }

    private static int RowNumber(string? text, int next) =>
        text is null ? next
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int row) && row is >= 1 and <= CellReference.RowMax ? row
        : throw new WorkbookException($"it has a row '{LimitedText(text)}'", $"rows 1 to {CellReference.RowMax}");

    private static string LimitedText(string text) => text.Length <= 20 ? text : text[..20];
}
