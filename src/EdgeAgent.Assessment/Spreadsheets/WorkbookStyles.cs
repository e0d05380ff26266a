using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace EdgeAgent.Assessment.Spreadsheets;

/// <summary>The few cell formats of our workbooks, and their numbers.</summary>
internal static class WorkbookStyles
{
    public const uint Plain = 0;
    public const uint Header = 1;
    public const uint Wrapped = 2;
    public const uint Integer = 3;
    public const uint Number = 4;
    public const uint Percent = 5;
    public const uint Date = 6;
    public const uint Time = 7;

    /// <summary>Text that begins like a formula: the mark keeps a spreadsheet from running it after somebody has edited the cell.</summary>
    public const uint Quoted = 8;

    private const uint DateFormat = 164;
    private const uint TimeFormat = 165;
    private const uint IntegerFormat = 1;
    private const uint PercentFormat = 10;
    private const string FontName = "宋体";

    public static uint Of(SheetCell cell) => cell.Kind switch
    {
        SheetCellKind.Integer => Integer,
        SheetCellKind.Number => Number,
        SheetCellKind.Percent => Percent,
        SheetCellKind.Date => Date,
        SheetCellKind.Time => Time,
        SheetCellKind.Text => FormulaText.IsFormula(cell.Content) ? Quoted : Wrapped,
        _ => Plain,
    };

    public static Stylesheet Create() => new(
        new NumberingFormats(
            new NumberingFormat { NumberFormatId = DateFormat, FormatCode = "yyyy\\-mm\\-dd" },
            new NumberingFormat { NumberFormatId = TimeFormat, FormatCode = "yyyy\\-mm\\-dd\\ hh:mm:ss.000" })
        { Count = 2 },
        new Fonts(
            new Font(new FontSize { Val = 11 }, new FontName { Val = FontName }),
            new Font(new Bold(), new FontSize { Val = 11 }, new FontName { Val = FontName })) { Count = 2 },
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            new Fill(new PatternFill(new ForegroundColor { Rgb = "FFDDE6F0" }) { PatternType = PatternValues.Solid })) { Count = 3 },
        new Borders(new Border(), Thin()) { Count = 2 },
        new CellStyleFormats(new CellFormat()) { Count = 1 },
        new CellFormats(
            new CellFormat(),
            new CellFormat(new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Center, Horizontal = HorizontalAlignmentValues.Center })
            {
                FontId = 1, FillId = 2, BorderId = 1, ApplyFont = true, ApplyFill = true, ApplyBorder = true, ApplyAlignment = true,
            },
            Bordered(0, new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Top }),
            Bordered(IntegerFormat),
            Bordered(0),
            Bordered(PercentFormat),
            Bordered(DateFormat),
            Bordered(TimeFormat),
            Bordered(0, new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Top }, quoted: true)) { Count = 9 },
        new CellStyles(new CellStyle { Name = "Normal", FormatId = 0, BuiltinId = 0 }) { Count = 1 });

    private static CellFormat Bordered(uint format, Alignment? alignment = null, bool quoted = false)
    {
        CellFormat cell = new() { NumberFormatId = format, BorderId = 1, ApplyNumberFormat = format != 0, ApplyBorder = true, ApplyAlignment = alignment is not null };
        if (alignment is not null)
        {
            cell.Append(alignment);
        }

        if (quoted)
        {
            cell.QuotePrefix = true;
        }

        return cell;
    }

    private static Border Thin() => new(
        new LeftBorder(Grey()) { Style = BorderStyleValues.Thin },
        new RightBorder(Grey()) { Style = BorderStyleValues.Thin },
        new TopBorder(Grey()) { Style = BorderStyleValues.Thin },
        new BottomBorder(Grey()) { Style = BorderStyleValues.Thin },
        new DiagonalBorder());

    private static Color Grey() => new() { Rgb = new HexBinaryValue("FFB0B0B0") };
}
