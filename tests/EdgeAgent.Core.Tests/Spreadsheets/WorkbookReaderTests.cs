using System.Text;
using EdgeAgent.Core.Spreadsheets;
using EdgeAgent.TestKit;

namespace EdgeAgent.Core.Tests.Spreadsheets;

public sealed class WorkbookReaderTests
{
    [Fact]
    public void Shared_texts_rich_text_and_pronunciations_are_read()
    {
        using WorkbookReader workbook = WorkbookReader.Open(RawWorkbook.Of(
            "<sheetData><row r=\"3\"><c r=\"B3\" t=\"s\"><v>1</v></c><c r=\"D3\" t=\"str\"><v>x</v></c><c r=\"E3\" t=\"b\"><v>1</v></c><c r=\"F3\" t=\"e\"><v>#N/A</v></c><c r=\"G3\"><f>SUM(A1)</f><v>5</v></c></row></sheetData>",
            "<si><t>甲</t></si><si><r><t>冲</t></r><rPh sb=\"0\" eb=\"1\"><t>chong</t></rPh><r><t>床</t></r></si>"));
        ReadRow row = Assert.Single(workbook.ReadRows(1));
        Assert.Equal(3, row.Number);
        Assert.Equal([(1, "冲床", ReadCellKind.Text), (3, "x", ReadCellKind.Text), (4, "TRUE", ReadCellKind.Boolean), (5, "#N/A", ReadCellKind.Error), (6, "5", ReadCellKind.Formula)], row.Cells.Select(c => (c.Column, c.Text, c.Kind)));
    }

    [Theory]
    [InlineData("<c s=\"1\"><v>45352</v></c>", false, "2024-03-01")]
    [InlineData("<c s=\"2\"><v>45352</v></c>", false, "2024-03-01")]
    [InlineData("<c s=\"2\"><v>43890</v></c>", true, "2024-03-01")]
    [InlineData("<c t=\"d\"><v>2024-03-01T00:00:00</v></c>", false, "2024-03-01")]
    [InlineData("<c s=\"3\"><v>45352</v></c>", false, "45352")]
    [InlineData("<c><v>45352</v></c>", false, "45352")]
    [InlineData("<c><v>1E+3</v></c>", false, "1000")]
    [InlineData("<c><v>0.1</v></c>", false, "0.1")]
    [InlineData("<c s=\"9999\"><v>7</v></c>", false, "7")]
    public void Numbers_and_dates_are_told_apart_by_the_cells_format(string cell, bool since1904, string text)
    {
        using WorkbookReader workbook = WorkbookReader.Open(RawWorkbook.Of($"<sheetData><row>{cell}</row></sheetData>", since1904: since1904));
        Assert.Equal(text, workbook.ReadRows(1).Single()[0]);
    }

    [Theory]
    [InlineData("General", false)]
    [InlineData("0.00", false)]
    [InlineData("[$-804]yyyy/m/d", true)]
    [InlineData("[Red]0.00", false)]
    [InlineData("\"day\" 0", false)]
    [InlineData("h:mm", false)]
    [InlineData("m/d/yy h:mm", true)]
    [InlineData("\\d0", false)]
    public void Formats_of_dates_are_recognised(string code, bool isDate) => Assert.Equal(isDate, DateFormats.IsDateCode(code));

    [Theory]
    [InlineData("<sheetData><row r=\"0\"/></sheetData>")]
    [InlineData("<sheetData><row r=\"2\"/><row r=\"1\"/></sheetData>")]
    [InlineData("<sheetData><row r=\"1\"><c r=\"A2\"><v>1</v></c></row></sheetData>")]
    [InlineData("<sheetData><row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row></sheetData>")]
    [InlineData("<sheetData><row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row></sheetData>")]
    [InlineData("<sheetData><row r=\"1\"><c r=\"ZZ1\"><v>1</v></c></row></sheetData>")]
    [InlineData("<sheetData><row><c t=\"s\"><v>5</v></c></row></sheetData>")]
    [InlineData("<sheetData><row><c t=\"s\"><v>-1</v></c></row></sheetData>")]
    [InlineData("<sheetData><row>")]
    [InlineData("<!DOCTYPE x [<!ENTITY e \"x\">]><sheetData/>")]
    public void A_damaged_sheet_is_refused(string sheet)
    {
        using WorkbookReader workbook = WorkbookReader.Open(RawWorkbook.Of(sheet));
        Assert.Throws<WorkbookException>(() => workbook.ReadRows(1).Count());
    }

    [Fact]
    public void What_is_no_workbook_is_refused_with_advice()
    {
        Assert.Contains("save it as .xlsx", Assert.Throws<WorkbookException>(() => WorkbookReader.Open([0xD0, 0xCF, 0x11, 0xE0, 0xA1])).Message);
        Assert.Throws<WorkbookException>(() => WorkbookReader.Open("PK no"u8.ToArray()));
        Assert.Throws<WorkbookException>(() => WorkbookReader.Open(RawWorkbook.Zip(new() { ["readme.txt"] = "x" })));
        Assert.Throws<WorkbookException>(() => WorkbookReader.Open([]));
    }

    [Fact]
    public void A_file_that_unpacks_without_end_is_stopped()
    {
        // 60 MiB of spaces, packed to some 60 KiB: fine for a ZIP file, too much for a cell.
        byte[] bomb = RawWorkbook.Of($"<sheetData><row><c t=\"inlineStr\"><is><t>{new string(' ', 60 * 1024 * 1024)}</t></is></c></row></sheetData>");
        Assert.InRange(bomb.Length, 1, 1024 * 1024);
        using WorkbookReader workbook = WorkbookReader.Open(bomb);
        Assert.Throws<WorkbookException>(() => workbook.ReadRows(1).Count());
        UnpackBudget budget = new(10);
        using LimitedStream limited = new(new MemoryStream(Encoding.ASCII.GetBytes("0123456789ABC")), budget);
        Assert.Throws<WorkbookException>(() => limited.CopyTo(Stream.Null));
    }
}
