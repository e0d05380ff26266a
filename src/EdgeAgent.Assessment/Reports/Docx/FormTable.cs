using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace EdgeAgent.Assessment.Reports.Docx;

/// <summary>A ruled table whose cells may take several columns or rows, as the forms have them.</summary>
internal static class FormTable
{
    public static Table Of(int width, IReadOnlyList<int> shares, IReadOnlyList<IReadOnlyList<FormCell>> rows, int headerRows, int halfPoints)
    {
        int total = shares.Sum();
        int[] widths = [.. shares.Select(share => width * share / total)];
        Table table = new(Properties(width), new TableGrid(widths.Select(w => new GridColumn { Width = Number(w) })));
        for (int i = 0; i < rows.Count; i++)
        {
            table.Append(RowOf(rows[i], widths, i < headerRows, halfPoints));
        }

        return table;
    }

    private static TableProperties Properties(int width) => new(
        new TableWidth { Width = Number(width), Type = TableWidthUnitValues.Dxa },
        new TableJustification { Val = TableRowAlignmentValues.Center },
        new TableBorders(
            Line<TopBorder>(), Line<LeftBorder>(), Line<BottomBorder>(), Line<RightBorder>(), Line<InsideHorizontalBorder>(), Line<InsideVerticalBorder>()),
        new TableLayout { Type = TableLayoutValues.Fixed },
        new TableCellMarginDefault(
            new TableCellLeftMargin { Width = 70, Type = TableWidthValues.Dxa },
            new TableCellRightMargin { Width = 70, Type = TableWidthValues.Dxa }));

    private static TableRow RowOf(IReadOnlyList<FormCell> cells, int[] widths, bool isHeader, int halfPoints)
    {
        TableRowProperties properties = new(new CantSplit());
        if (isHeader)
        {
            properties.Append(new TableHeader());
        }

        TableRow row = new(properties);
        int column = 0;
        foreach (FormCell cell in cells)
        {
            int width = widths.Skip(column).Take(cell.Span).Sum();
            column += cell.Span;
            row.Append(CellOf(cell, width, halfPoints));
        }

        return column == widths.Length ? row : throw new ArgumentException($"A row has {column} columns, the table {widths.Length}.", nameof(cells));
    }

    private static TableCell CellOf(FormCell cell, int width, int halfPoints)
    {
        TableCellProperties properties = new(new TableCellWidth { Width = Number(width), Type = TableWidthUnitValues.Dxa });
        if (cell.Span > 1)
        {
            properties.Append(new GridSpan { Val = cell.Span });
        }

        if (cell.Merge != CellMerge.None)
        {
            properties.Append(new VerticalMerge { Val = cell.Merge == CellMerge.Begin ? MergedCellValues.Restart : MergedCellValues.Continue });
        }

        if (cell.Shade is { } shade)
        {
            properties.Append(new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = shade });
        }

        properties.Append(new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center });
        TableCell result = new(properties);
        foreach (string line in cell.Text.Split('\n'))
        {
            result.Append(FormParagraph.Of(line, FormFonts.Song, halfPoints, cell.Bold, cell.Centre, before: 20, after: 20));
        }

        return result;
    }

    private static T Line<T>()
        where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 4, Color = "000000" };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
