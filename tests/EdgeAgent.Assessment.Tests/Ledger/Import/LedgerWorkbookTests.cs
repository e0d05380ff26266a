using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Spreadsheets;
using EdgeAgent.Assessment.Tests.Spreadsheets;
using EdgeAgent.TestKit;

namespace EdgeAgent.Assessment.Tests.Ledger.Import;

public sealed class LedgerWorkbookTests
{
    private static readonly string[] Header = ["资产编号", "设备名称", "设备类别", "状态", "投用日期", "退役日期"];
    private static readonly string[] Row = ["A-001", "冲床", "生产设备", "在用", "2020-01-01", ""];

    [Fact]
    public void A_plain_sheet_is_read_even_when_it_is_not_the_first()
    {
        LedgerEntry asset = Assert.Single(Read(Header, Row));
        Assert.Equal(("A-001", "冲床", new DateOnly(2020, 1, 1), 2), (asset.AssetNo, asset.Name, asset.CommissionDate, asset.Row));
    }

    [Theory]
    [InlineData("<c><v>45352</v></c>")]
    [InlineData("<c s=\"1\"><v>45352</v></c>")]
    [InlineData("<c t=\"inlineStr\"><is><t>45352</t></is></c>")]
    [InlineData("<c t=\"inlineStr\"><is><t>２０２４－０３－０１</t></is></c>")]
    [InlineData("<c t=\"inlineStr\"><is><t>２０２４年３月１日</t></is></c>")]
    [InlineData("<c><v>20240301</v></c>")]
    public void Dates_may_be_text_or_day_counts_in_plain_or_full_width(string date) =>
        Assert.Equal(new DateOnly(2024, 3, 1), Assert.Single(Read(Header, [.. Row[..4], date, ""])).CommissionDate);

    [Fact]
    public void A_day_count_of_a_macintosh_is_another_day() =>
        Assert.Equal(new DateOnly(2024, 3, 1), LedgerWorkbook.Read(RawWorkbook.Of(RawWorkbook.Rows(Header, [.. Row[..4], "<c><v>43890</v></c>", ""]), since1904: true)).Ledger!.Entries[0].CommissionDate);

    [Fact]
    public void Codes_lose_their_full_width_and_names_keep_it()
    {
        LedgerEntry asset = Assert.Single(Read(Header, ["Ａ－００１", "冲床（一号）", "生产设备", "在用", "2020-01-01", ""]));
        Assert.Equal(("A-001", "冲床（一号）"), (asset.AssetNo, asset.Name));
    }

    [Fact]
    public void A_number_is_an_asset_number_too() => Assert.Equal("1001", Assert.Single(Read(Header, ["<c><v>1001</v></c>", .. Row[1..]])).AssetNo);

    [Fact]
    public void Titles_group_headings_and_merged_headers_are_passed_over()
    {
        string rows = RawWorkbook.Rows(
            ["<c r=\"A1\" t=\"inlineStr\"><is><t>示例企业设备台账</t></is></c>"],
            ["序号", "资产编号", "基本信息", "", "状态", "日期", ""],
            ["", "", "设备名称", "设备类别", "", "投用日期", "退役日期"],
            ["1", "A-001", "冲床", "生产设备", "在用", "2020-01-01", ""]);
        LedgerImport import = LedgerWorkbook.Read(RawWorkbook.Of(
            rows + "<mergeCells><mergeCell ref=\"A1:G1\"/><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"B2:B3\"/><mergeCell ref=\"C2:D2\"/><mergeCell ref=\"E2:E3\"/><mergeCell ref=\"F2:G2\"/></mergeCells>"));
        Assert.Empty(import.Problems);
        Assert.Equal(("A-001", 4), (import.Ledger!.Entries.Single().AssetNo, import.Ledger.Entries.Single().Row));
    }

    [Fact]
    public void Merged_cells_among_the_assets_are_named_with_their_rows()
    {
        LedgerImport import = LedgerWorkbook.Read(RawWorkbook.Of(
            RawWorkbook.Rows(Header, Row, ["A-002", "注塑机", "生产设备", "", "2020-01-01", ""]) + "<mergeCells><mergeCell ref=\"D2:D3\"/></mergeCells>"));
        Assert.Equal(["sheet 设备台账, row 2, column 状态: is merged with rows 2 to 3; expected one row for each asset: unmerge the cells and fill each", "sheet 设备台账, row 3, column 状态: is merged with rows 2 to 3; expected one row for each asset: unmerge the cells and fill each"], import.Problems.Select(p => p.ToString()));
    }

    [Theory]
    [InlineData("<c><f>ROW()</f><v>1</v></c>", "is a formula")]
    [InlineData("<c t=\"e\"><v>#N/A</v></c>", "is an error")]
    [InlineData("=HYPERLINK(\"http://x\")", "would be run as a formula")]
    [InlineData("'=1+1", "would be run as a formula")]
    [InlineData("＝1+1", "would be run as a formula")]
    public void Formulas_errors_and_what_would_become_a_formula_are_refused(string cell, string problem)
    {
        LedgerProblem reported = Assert.Single(LedgerWorkbook.Read(RawWorkbook.Of(RawWorkbook.Rows(Header, [Row[0], cell, .. Row[2..]]))).Problems);
        Assert.Equal((2, "设备名称"), (reported.Row, reported.Column));
        Assert.Contains(problem, reported.Problem);
    }

    [Fact]
    public void Content_beside_the_table_is_named_with_its_column() =>
        Assert.Equal("sheet 设备台账, row 2, column G: '备注' is beside the table; expected a header above each column", Assert.Single(LedgerWorkbook.Read(RawWorkbook.Of(RawWorkbook.Rows(Header, [.. Row, "备注"]))).Problems).ToString());

    [Fact]
    public void Every_bad_row_is_reported_and_nothing_is_imported()
    {
        LedgerImport import = LedgerWorkbook.Read(RawWorkbook.Of(RawWorkbook.Rows(
            Header, Row, ["A-002", "", "机器", "在用", "昨天", ""], ["a-001", "冲床", "生产设备", "在用", "2020-01-01", ""], ["A-004", "冲床", "生产设备", "在用", "2020-01-01", "2019-01-01"])));
        Assert.Null(import.Ledger);
        Assert.Equal([(3, "设备名称"), (3, "设备类别"), (3, "投用日期"), (4, "资产编号"), (5, "退役日期")], import.Problems.Select(p => (p.Row, p.Column)));
    }

    [Fact]
    public void Fifty_thousand_rows_are_one_import_in_memory_that_grows_with_them()
    {
        using WorkbookWriter workbook = new();
        SheetWriter sheet = workbook.AddSheet("设备台账", [.. Header.Select(h => new SheetColumn(h))]);
        for (int i = 0; i < 50_000; i++)
        {
            sheet.AddRow($"A-{i}", "冲床", "生产设备", "在用", new DateOnly(2020, 1, 1));
        }

        byte[] file = workbook.ToBytes();
        long before = GC.GetAllocatedBytesForCurrentThread();
        LedgerImport import = LedgerWorkbook.Read(file);
        Assert.Equal(50_000, import.Ledger!.Entries.Count);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 50_000, 0, 12_000);
    }

    private static IReadOnlyList<LedgerEntry> Read(params string[][] rows)
    {
        LedgerImport import = LedgerWorkbook.Read(RawWorkbook.Of(RawWorkbook.Rows(rows)));
        Assert.Empty(import.Problems);
        return import.Ledger!.Entries;
    }
}
