using System.IO.Compression;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using EdgeAgent.Assessment.Spreadsheets;
using EdgeAgent.Core.Spreadsheets;

namespace EdgeAgent.Assessment.Tests.Spreadsheets;

public sealed class WorkbookWriterTests
{
    private static readonly SheetColumn[] Columns = [new("资产编号"), new("设备名称", 30), new("数量"), new("覆盖率"), new("日期"), new("时间", 24)];

    [Fact]
    public void What_our_writer_writes_our_reader_reads()
    {
        using WorkbookReader workbook = WorkbookReader.Open(Sample());
        Assert.Equal(["设备清单", "空表"], workbook.SheetNames);
        ReadRow[] rows = [.. workbook.ReadRows(0)];
        Assert.Equal([1, 2, 3, 4, 5, 6], rows.Select(r => r.Number));
        Assert.Equal("示例企业 设备清单", rows[0][0]);
        Assert.Equal(["资产编号", "设备名称", "数量", "覆盖率", "日期", "时间"], rows[2].Cells.Select(c => c.Text));
        Assert.Equal(["A-001", "冲床, \"一号\"", "3", "0.9821", "2025-11-20"], rows[3].Cells.Take(5).Select(c => c.Text));
        Assert.Equal(("=1+1", ReadCellKind.Text), (rows[4][0], rows[4].Cells[0].Kind));
        Assert.Equal("+86 471\n第二行", rows[4][1]);
        Assert.Equal("-2.5", rows[4][2]);
        Assert.Equal("  前后空格  ", rows[5][0]);
        Assert.Equal("𠮷野家䶮_x000D_\ufffd\ufffd", rows[5][1]);
        Assert.Equal("1234567890123", rows[5][2]);
    }

    [Fact]
    public void The_same_rows_give_the_same_bytes() => Assert.Equal(Sample(), Sample());

    [Fact]
    public void The_workbook_is_valid_by_the_librarys_own_validator()
    {
        using SpreadsheetDocument document = SpreadsheetDocument.Open(new MemoryStream(Sample()), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(document).Select(e => $"{e.Part?.Uri} {e.Path?.XPath}: {e.Description}"));
    }

    [Fact]
    public void Parts_have_one_time_a_fixed_order_and_numbered_relationships()
    {
        using ZipArchive archive = new(new MemoryStream(Sample()));
        Assert.Equal(["[Content_Types].xml", "_rels/.rels"], archive.Entries.Take(2).Select(e => e.FullName));
        Assert.All(archive.Entries, e => Assert.Equal(1980, e.LastWriteTime.Year));
        Assert.All(archive.Entries.Where(e => e.FullName.EndsWith(".rels", StringComparison.Ordinal)), e =>
        {
            using StreamReader text = new(e.Open());
            Assert.DoesNotMatch("Id=\"(?!rId[0-9]+\")", text.ReadToEnd());
        });
    }

    [Fact]
    public void Sheets_get_names_that_a_spreadsheet_takes()
    {
        using WorkbookWriter workbook = new();
        foreach (string name in new[] { "a/b:c*d?[e]", "A B C D  E", "", "'", new string('长', 40), new string('长', 40) })
        {
            workbook.AddSheet(name, [new("x")]);
        }

        using SpreadsheetDocument document = SpreadsheetDocument.Open(new MemoryStream(workbook.ToBytes()), isEditable: false);
        string[] names = [.. document.WorkbookPart!.Workbook.Sheets!.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>().Select(s => s.Name!.Value!)];
        Assert.All(names, n => Assert.InRange(n.Length, 1, 31));
        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Empty(new OpenXmlValidator().Validate(document));
    }

    [Fact]
    public void A_row_that_is_too_wide_and_a_workbook_without_sheets_are_mistakes_of_the_caller()
    {
        using WorkbookWriter workbook = new();
        Assert.Throws<InvalidOperationException>(workbook.ToBytes);
        SheetWriter sheet = workbook.AddSheet("s", [new("x")]);
        Assert.Throws<ArgumentException>(() => sheet.AddRow("a", "b"));
        workbook.ToBytes();
        Assert.Throws<ObjectDisposedException>(() => sheet.AddRow("a"));
    }

    /// <summary>A workbook with every kind of cell and with text that is hard to keep.</summary>
    internal static byte[] Sample()
    {
        using WorkbookWriter workbook = new();
        SheetWriter sheet = workbook.AddSheet("设备清单", Columns, "示例企业 设备清单", "截至 2025-11-20");
        sheet.AddRow("A-001", "冲床, \"一号\"", 3L, SheetCell.Percent(0.9821m), new DateOnly(2025, 11, 20), SheetCell.Time(new DateTimeOffset(2025, 11, 20, 8, 30, 15, 250, TimeSpan.FromHours(8))));
        sheet.AddRow("=1+1", "+86 471\n第二行", SheetCell.Number(-2.5m), SheetCell.Blank, (DateOnly?)null);
        sheet.AddRow("  前后空格  ", "𠮷野家䶮_x000D_\u0007\ud800", 1_234_567_890_123L);
        workbook.AddSheet("空表", [new("无")]);
        return workbook.ToBytes();
    }
}
