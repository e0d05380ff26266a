using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace EdgeAgent.Assessment.Reports.Docx;

/// <summary>One bar of a chart that is drawn as a table, so that it prints everywhere and stays editable.</summary>
/// <param name="Share">0 to 1.</param>
/// <param name="Value">Stands behind the bar.</param>
internal sealed record FormBar(string Label, double Share, string Value, string Colour = "4472C4")
{
    private const int Steps = 50;
    private const int LabelShare = 26, BarShare = 50, ValueShare = 24;

    public static Table TableOf(int width, IReadOnlyList<FormBar> bars)
    {
        int step = width * BarShare / 100 / Steps;
        int label = width * LabelShare / 100, value = width * ValueShare / 100;
        Table table = new(
            new TableProperties(
                new TableWidth { Width = Number(width), Type = TableWidthUnitValues.Dxa },
                new TableLayout { Type = TableLayoutValues.Fixed },
                new TableCellMarginDefault(new TableCellLeftMargin { Width = 40, Type = TableWidthValues.Dxa }, new TableCellRightMargin { Width = 40, Type = TableWidthValues.Dxa })),
            new TableGrid([
                new GridColumn { Width = Number(label) }, .. Enumerable.Range(0, Steps).Select(_ => new GridColumn { Width = Number(step) }), new GridColumn { Width = Number(value) },
            ]));
        foreach (FormBar bar in bars)
        {
            int filled = (int)Math.Round(Math.Clamp(bar.Share, 0, 1) * Steps);
            TableRow row = new(new TableRowProperties(new CantSplit(), new TableRowHeight { Val = 300, HeightType = HeightRuleValues.AtLeast }), Cell(bar.Label, label, 1, null));
            if (filled > 0)
            {
                row.Append(Cell("", step * filled, filled, bar.Colour));
            }

            if (filled < Steps)
            {
                row.Append(Cell("", step * (Steps - filled), Steps - filled, "E7E6E6"));
            }

            row.Append(Cell(bar.Value, value, 1, null));
            table.Append(row);
        }

        return table;
    }

    private static TableCell Cell(string text, int width, int span, string? fill)
    {
        TableCellProperties properties = new(new TableCellWidth { Width = Number(width), Type = TableWidthUnitValues.Dxa });
        if (span > 1)
        {
            properties.Append(new GridSpan { Val = span });
        }

        // White lines keep the bars of two rows apart.
        properties.Append(new TableCellBorders(White<TopBorder>(), White<BottomBorder>()));
        if (fill is not null)
        {
            properties.Append(new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = fill });
        }

        properties.Append(new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center });
        return new TableCell(properties, FormParagraph.Of(text, FormFonts.Song, 19));
    }

    private static T White<T>()
        where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 16, Color = "FFFFFF" };

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
