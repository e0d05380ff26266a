using System.Text;
using EdgeAgent.Assessment.Ledger;

namespace EdgeAgent.Assessment.Tests.Ledger;

public sealed class LedgerCsvTests
{
    private const string Header = "资产编号,设备名称,设备类别,状态,投用日期,退役日期,数字化依据,佐证材料";
    private const string Row = "A-001,冲床,生产设备,在用,2020-01-01,,PLC,铭牌.jpg；合同 12 号";

    static LedgerCsvTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public void All_columns_are_read()
    {
        string header = "资产编号,设备名称,型号,制造商,出厂编号,车间,产线,工序,关键工序,设备类别,计量单位,状态,投用日期,退役日期,数字化依据,通讯接口,改造日期,佐证材料,变更人,变更日期,备注";
        string row = "A-001,冲床,J23-25,某厂,S001,一车间,一线,冲压,是,生产设备,台,在用,2019/3/1,2030年1月2日,PLC;加装监测,RS-485,20240501,铭牌.jpg；合同12号、abc,张三,2025.1.3,\"两\n行\"";
        LedgerEntry e = Assert.Single(Read($"{header}\n{row}\n").Entries);
        Assert.Equal(("A-001", "冲床", "J23-25", "某厂", "S001", "一车间", "一线", "冲压"), (e.AssetNo, e.Name, e.Model, e.Maker, e.SerialNo, e.Workshop, e.Line, e.Process));
        Assert.True(e.IsKeyProcess);
        Assert.Equal((AssetCategory.Production, CountUnit.Piece, AssetStatus.InUse), (e.Category, e.CountUnit, e.Status));
        Assert.Equal((new DateOnly(2019, 3, 1), new DateOnly(2030, 1, 2), new DateOnly(2024, 5, 1), new DateOnly(2025, 1, 3)), (e.CommissionDate, e.RetireDate!.Value, e.RetrofitDate!.Value, e.ChangedAt!.Value));
        Assert.Equal(DigitalBasis.Plc | DigitalBasis.AddedMonitoring, e.DigitalBasis);
        Assert.Equal(["铭牌.jpg", "合同12号", "abc"], e.Evidence);
        Assert.Equal(("RS-485", "张三", "两\n行", 2), (e.Interface, e.ChangedBy, e.Remark, e.Row));
    }

    [Fact]
    public void English_headers_and_words_are_read()
    {
        LedgerEntry e = Assert.Single(Read("assetNo,name,category,status,commissionDate,digitalBasis,isKeyProcess\nA-1,Press,production,in-use,2020-01-01,robot,yes\n").Entries);
        Assert.Equal((AssetCategory.Production, AssetStatus.InUse, DigitalBasis.Robot, true), (e.Category, e.Status, e.DigitalBasis, e.IsKeyProcess));
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("gb18030", false)]
    [InlineData("utf-16le", true)]
    [InlineData("utf-16be", true)]
    public void Encodings_of_spreadsheets_are_recognised(string name, bool mark)
    {
        Encoding encoding = name switch { "utf-8" => new UTF8Encoding(mark), "utf-16le" => Encoding.Unicode, "utf-16be" => Encoding.BigEndianUnicode, _ => Encoding.GetEncoding(name) };
        byte[] file = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes($"{Header}\r\n{Row}\r\n")];
        LedgerImport import = LedgerCsv.Read(file);
        Assert.Empty(import.Problems);
        Assert.Equal(name, import.Encoding);
        Assert.Equal("冲床", import.Ledger!.Entries[0].Name);
        Assert.Equal(64, import.Ledger.Sha256.Length);
    }

    [Fact]
    public void Rare_characters_of_gb18030_survive()
    {
        byte[] file = Encoding.GetEncoding("gb18030").GetBytes($"{Header}\nA-1,𠮷野家䶮,生产设备,在用,2020-01-01,,,\n");
        Assert.Equal("𠮷野家䶮", LedgerCsv.Read(file).Ledger!.Entries[0].Name);
    }

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    public void Other_separators_are_recognised(char separator) =>
        Assert.Single(Read($"{Header}\n{Row}\n".Replace("；", "、", StringComparison.Ordinal).Replace(',', separator)).Entries);

    [Fact]
    public void Empty_rows_are_passed_over_and_rows_keep_their_numbers()
    {
        DeviceLedger ledger = Read($"{Header}\n\n{Row}\n,,,,,,,\n{Row.Replace("A-001", "A-002", StringComparison.Ordinal)}\n,,,,,,,\n");
        Assert.Equal([3, 5], ledger.Entries.Select(e => e.Row));
    }

    [Fact]
    public void Dashes_mean_nothing() => Assert.Null(Read($"{Header}\nA-1,冲床,生产设备,在用,2020-01-01,-,—,/\n").Entries[0].RetireDate);

    [Theory]
    [InlineData("=HYPERLINK(\"\"http://x\"\")")]
    [InlineData("+1+1")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("＝1+1")]
    [InlineData(" =1+1")]
    [InlineData("\t=1+1")]
    public void A_cell_that_a_spreadsheet_would_run_is_refused(string cell)
    {
        LedgerProblem problem = Assert.Single(Problems($"{Header}\nA-1,\"{cell}\",生产设备,在用,2020-01-01,,,\n"));
        Assert.Equal((2, "设备名称"), (problem.Row, problem.Column));
        Assert.Contains("formula", problem.Problem);
    }

    [Theory]
    [InlineData("A-1,,生产设备,在用,2020-01-01,,,", "设备名称", "is empty")]
    [InlineData(",冲床,生产设备,在用,2020-01-01,,,", "资产编号", "is empty")]
    [InlineData("A-1,冲床,机器,在用,2020-01-01,,,", "设备类别", "is not known")]
    [InlineData("A-1,冲床,生产设备,用着,2020-01-01,,,", "状态", "is not known")]
    [InlineData("A-1,冲床,生产设备,在用,,,,", "投用日期", "is empty")]
    [InlineData("A-1,冲床,生产设备,在用,2020-02-30,,,", "投用日期", "is not a date")]
    [InlineData("A-1,冲床,生产设备,在用,03/01/2020,,,", "投用日期", "is not a date")]
    [InlineData("A-1,冲床,生产设备,在用,1820-01-01,,,", "投用日期", "is not a date")]
    [InlineData("A-1,冲床,生产设备,在用,2020-01-01,2019-12-31,,", "退役日期", "is before")]
    [InlineData("A-1,冲床,生产设备,在用,2020-01-01,,蒸汽,", "数字化依据", "is not known")]
    [InlineData("A-1,冲床,生产设备,在用,2020-01-01,,无;PLC,", "数字化依据", "says none")]
    [InlineData("A-1,冲\u0007床,生产设备,在用,2020-01-01,,,", "设备名称", "control character")]
    [InlineData("A-1,\"冲\n床\",生产设备,在用,2020-01-01,,,", "设备名称", "control character")]
    [InlineData("A-1,冲床,生产设备,在用", "", "has 4 cells")]
    [InlineData("A-1,冲床,生产设备,在用,2020-01-01,,,,,", "", "has 10 cells")]
    [InlineData("A-1,冲\"床,生产设备,在用,2020-01-01,,,", "", "quotation mark")]
    public void A_bad_row_is_reported_with_place_and_expectation(string row, string column, string problem)
    {
        LedgerProblem reported = Assert.Single(Problems($"{Header}\n{Row}\n{row}\n"));
        Assert.Equal(3, reported.Row);
        Assert.Equal(column, reported.Column);
        Assert.Contains(problem, reported.Problem);
        Assert.NotEmpty(reported.Expected);
        Assert.DoesNotContain('\u0007', reported.ToString());
    }

    [Fact]
    public void Nothing_is_imported_by_halves_and_everything_is_reported()
    {
        LedgerImport import = LedgerCsv.Read(Encoding.UTF8.GetBytes($"{Header}\n{Row}\nA-2,,机器,用着,昨天,,,\nA-3,冲床,生产设备,在用,2020-01-01,,,\nA-4,冲床,生产设备,在用,2020-01-01,明天,,\n"));
        Assert.Null(import.Ledger);
        Assert.Equal([(3, "设备名称"), (3, "设备类别"), (3, "状态"), (3, "投用日期"), (5, "退役日期")], import.Problems.Select(p => (p.Row, p.Column)));
        Assert.Equal("row 3, column 状态: '用着' is not known; expected one of 在用, 备用, 封存, 停用, 报废, 出租", import.Problems[2].ToString());
    }

    [Fact]
    public void An_asset_number_twice_names_both_rows()
    {
        LedgerProblem problem = Assert.Single(Problems($"{Header}\n{Row}\n{Row.Replace("A-001", "a-001", StringComparison.Ordinal)}\n"));
        Assert.Equal("row 3, column 资产编号: 'a-001' is the number of row 2 too; expected each asset number once", problem.ToString());
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("资产编号,设备名称,设备类别,状态,投用日期\n", "has no asset")]
    [InlineData("资产编号,设备名称,设备类别,状态\nA,b,c,d\n", "is missing")]
    [InlineData("资产编号,设备名称,设备类别,状态,投用日期,退役日起\n", "is not a known header")]
    [InlineData("资产编号,设备编号,设备名称,设备类别,状态,投用日期\n", "repeats column")]
    public void A_wrong_header_is_reported(string text, string problem) => Assert.Contains(problem, Assert.Single(Problems(text)).Problem);

    [Fact]
    public void Bytes_that_are_no_text_are_refused() => Assert.Contains("not text", Assert.Single(LedgerCsv.Read([0xFF, 0xFF, 0x80, 0x00]).Problems).Problem);

    [Fact]
    public void An_unclosed_quotation_mark_is_a_problem_and_no_exception()
    {
        Assert.NotEmpty(Problems($"{Header}\nA-1,\"冲床,生产设备,在用,2020-01-01,,,\n{Row}\n"));
        Assert.NotEmpty(Problems($"{Header}\nA-1,\"" + string.Concat(Enumerable.Repeat($"{Row}\n", 2000))));
    }

    [Fact]
    public void Fifty_thousand_rows_are_one_import()
    {
        StringBuilder text = new($"{Header}\n");
        for (int i = 0; i < 50_000; i++)
        {
            text.Append("A-").Append(i).Append(",冲床,生产设备,在用,2020-01-01,,PLC,铭牌.jpg\n");
        }

        byte[] file = Encoding.UTF8.GetBytes(text.ToString());
        long before = GC.GetAllocatedBytesForCurrentThread();
        LedgerImport import = LedgerCsv.Read(file);
        Assert.Equal(50_000, import.Ledger!.Entries.Count);
        Assert.Equal("A-49999", import.Ledger.Find("a-49999")?.AssetNo);

        // What makes an import slow is garbage: about 2.5 KB a row is what it takes, ten times that would be a mistake.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 50_000, 0, 5_000);
    }

    private static DeviceLedger Read(string text)
    {
        LedgerImport import = LedgerCsv.Read(Encoding.UTF8.GetBytes(text));
        Assert.Empty(import.Problems);
        return import.Ledger!;
    }

    private static IReadOnlyList<LedgerProblem> Problems(string text)
    {
        LedgerImport import = LedgerCsv.Read(Encoding.UTF8.GetBytes(text));
        Assert.Null(import.Ledger);
        return import.Problems;
    }
}
