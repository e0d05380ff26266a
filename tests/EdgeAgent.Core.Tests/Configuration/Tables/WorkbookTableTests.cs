using System.Text;
using EdgeAgent.Core.Configuration;
using EdgeAgent.TestKit;

namespace EdgeAgent.Core.Tests.Configuration.Tables;

/// <summary>Point tables as Excel keeps them.</summary>
public sealed class WorkbookTableTests
{
    private static readonly string[] Header = ["名称", "地址", "类型", "倍率"];

    [Fact]
    public void A_workbook_is_read_as_it_is_past_a_cover()
    {
        ConfigErrors errors = new();
        IReadOnlyList<TagConfig> tags = TagTable.Read(
            RawWorkbook.Of(RawWorkbook.Rows(
                Header,
                ["温度", "hr:0", "float32", "<c><v>0.30000000000000004</v></c>"],
                ["", "", "", ""],
                ["#1泵", "hr:2", "float32", "<c><f>1/1000</f><v>1E-3</v></c>"],
                ["电量", "<c t=\"inlineStr\"><is><t>00010000</t></is></c>", "float64", ""],
                ["两\n行", "<c><v>40001</v></c>", "uint16", ""])),
            "points.xlsx", errors);

        Assert.Empty(errors);
        Assert.Equal(
            [("温度", "hr:0", 0.3), ("#1泵", "hr:2", 0.001), ("电量", "00010000", 1), ("两 行", "40001", 1)],
            tags.Select(tag => (tag.Name, tag.Address, tag.Scale ?? 1)));
    }

    [Fact]
    public void An_error_names_the_row_and_column_that_Excel_shows()
    {
        ConfigErrors errors = new();
        TagTable.Read(RawWorkbook.Of(RawWorkbook.Rows(Header, ["温度", "hr:0", "float32", "1"], ["", "", "", ""], ["压力", "hr:2", "flaot32", "x"])), "points.xlsx", errors);

        Assert.Equal(["line 4, column 3", "line 4, column 4"], errors.Select(error => error.Path[..16]));
    }

    [Fact]
    public void Two_tables_in_a_workbook_are_an_error_and_a_hidden_one_is_none()
    {
        string table = RawWorkbook.Rows(Header, ["温度", "hr:0", "float32", "1"]);
        ConfigErrors errors = new();
        Assert.Empty(TagTable.Read(RawWorkbook.Of(table, before: table), "points.xlsx", errors));
        Assert.Contains("'说明' and '设备台账'", Assert.Single(errors).Problem, StringComparison.Ordinal);

        Assert.Single(TagTable.Read(RawWorkbook.Of(table, before: table, isBeforeHidden: true), "points.xlsx", new ConfigErrors()));
    }

    /// <summary>As a text, an error would be the name of a tag.</summary>
    [Fact]
    public void Cells_that_are_errors_are_named()
    {
        ConfigErrors errors = new();
        Assert.Empty(TagTable.Read(
            RawWorkbook.Of(RawWorkbook.Rows(Header, ["<c t=\"e\"><v>#N/A</v></c>", "hr:0", "float32", "1"], ["压力", "<c t=\"e\"><f>B9</f><v>#REF!</v></c>", "float32", "1"])), "points.xlsx", errors));
        Assert.Contains("2 cells that are errors: A2 #N/A, B3 #REF!", Assert.Single(errors).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PK\u0003\u0004 is no archive", "cannot be read")]
    [InlineData("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1 of 1997", "old Excel")]
    public void What_is_no_workbook_is_told(string bytes, string problem)
    {
        ConfigErrors errors = new();
        Assert.Empty(TagTable.Read(Encoding.Latin1.GetBytes(bytes), "points.xls", errors));
        Assert.Contains(problem, Assert.Single(errors).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workbook_without_a_header_is_told_what_it_lacks()
    {
        ConfigErrors errors = new();
        Assert.Empty(TagTable.Read(RawWorkbook.Of(RawWorkbook.Rows(["温度", "hr:0"])), "points.xlsx", errors));
        Assert.Contains(errors, error => error.Problem.Contains("no column 'name'", StringComparison.Ordinal));
    }

    /// <summary>Pages edit text tables; a workbook is left to the spreadsheet that made it.</summary>
    [Fact]
    public void A_workbook_is_no_sheet_for_the_pages() => Assert.Null(TagSheet.Read(RawWorkbook.Of(RawWorkbook.Rows(Header))));

    [Fact]
    public void A_comment_that_looks_like_a_row_is_warned_of_for_its_name_may_begin_with_a_number_sign()
    {
        ConfigErrors errors = new();
        IReadOnlyList<TagConfig> tags = TagTable.Read("# a note, with a comma\nname,address,type\n#1泵,hr:0,int16\n\"#2泵\",hr:1,int16\n# free, text\n#,,\n"u8, "points.csv", errors);

        Assert.Empty(errors);
        Assert.Equal(["#2泵"], tags.Select(tag => tag.Name));
        Assert.Equal("line 3", Assert.Single(errors.Warnings).Path);
    }

    [Fact]
    public void Nothing_on_a_clipboard_is_a_comment() =>
        Assert.Equal(["#1泵", "#2泵"], PastedCells.Read("名称\t地址\n#1泵\thr:0\n#2泵\thr:1\n", [])!.Rows.Select(row => row[0]));

    [PartnerFact("soffice")]
    public async Task What_LibreOffice_saves_of_a_table_is_the_same_table()
    {
        using var directory = new TempDirectory();
        string csv = directory.File("points.csv");
        const string table = "name,address,type,scale,unit\n温度,hr:0,float32,0.1,°C\n\"a, \"\"b\"\"\",hr:2,int16,-2.5,\n#3,hr:4,uint32,1000000,件\n";
        await File.WriteAllTextAsync(csv, table.Replace("#3", "\"#3\"", StringComparison.Ordinal));
        await using PartnerProcess office = PartnerProcess.Start(
            "soffice", [$"-env:UserInstallation={new Uri(directory.File("profile")).AbsoluteUri}", "--headless", "--norestore", "--infilter=CSV:44,34,76,1", "--convert-to", "xlsx", "--outdir", directory.Path, csv]);
        await office.WaitForExitAsync(TimeSpan.FromMinutes(2));

        ConfigErrors errors = new();
        IReadOnlyList<TagConfig> fromText = TagTable.Read(await File.ReadAllBytesAsync(csv), "points", errors);
        IReadOnlyList<TagConfig> fromWorkbook = TagTable.Read(await File.ReadAllBytesAsync(directory.File("points.xlsx")), "points", errors);
        Assert.Empty(errors);
        Assert.Equal(3, fromText.Count);
        Assert.Equal(fromText, fromWorkbook);
    }
}
