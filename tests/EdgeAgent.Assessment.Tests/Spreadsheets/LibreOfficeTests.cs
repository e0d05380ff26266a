using System.Text;
using EdgeAgent.Assessment.Spreadsheets;
using EdgeAgent.TestKit;

namespace EdgeAgent.Assessment.Tests.Spreadsheets;

/// <summary>Another program opens what we write, and we read what it writes.</summary>
public sealed class LibreOfficeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("office-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [PartnerFact("soffice")]
    public async Task Text_numbers_and_dates_of_our_workbook_are_what_LibreOffice_shows()
    {
        using WorkbookWriter workbook = new();
        SheetWriter sheet = workbook.AddSheet("设备清单", [new("资产编号"), new("设备名称"), new("数量"), new("覆盖率"), new("日期"), new("时间", 24)]);
        sheet.AddRow("A-001", "冲床, \"一号\"", 3L, SheetCell.Percent(0.98214m), new DateOnly(2025, 11, 20), SheetCell.Time(new DateTimeOffset(2025, 11, 20, 8, 30, 15, 250, TimeSpan.FromHours(8))));
        sheet.AddRow("=1+1", "𠮷野家䶮\n第二行", SheetCell.Number(-2.5m));
        sheet.AddRow("001", "_x000D_ ＝全角", 1_234_567_890_123L, SheetCell.Percent(1), new DateOnly(1999, 12, 31));
        string source = Path.Combine(_folder, "list.xlsx");
        File.WriteAllBytes(source, workbook.ToBytes());
        await ConvertAsync(source, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,1");
        string csv = File.ReadAllText(Directory.EnumerateFiles(_folder, "*.csv").Single(), Encoding.UTF8);
        Assert.Equal(
            "资产编号,设备名称,数量,覆盖率,日期,时间\n"
            + "A-001,\"冲床, \"\"一号\"\"\",3,98.21%,2025-11-20,2025-11-20 08:30:15.250\n"
            + "=1+1,\"𠮷野家䶮\n第二行\",-2.5,,,\n"
            + "001,_x000D_ ＝全角,1234567890123,100.00%,1999-12-31,\n",
            csv.TrimStart('\ufeff'));
    }

    [PartnerFact("soffice")]
    public async Task A_workbook_that_LibreOffice_saves_is_read_back_the_same()
    {
        string source = Path.Combine(_folder, "台账.csv");
        File.WriteAllText(source, "资产编号,设备名称,设备类别,状态,投用日期\nA-001,\"冲床, 一号\",生产设备,在用,2020-01-31\n1002,注塑机,辅助生产设备,备用,2021-12-01\n", Encoding.UTF8);
        await ConvertAsync(source, "xlsx", "--infilter=CSV:44,34,76,1,,0,false,true");
        byte[] saved = File.ReadAllBytes(Path.Combine(_folder, "台账.xlsx"));
        EdgeAgent.Assessment.Ledger.LedgerImport import = EdgeAgent.Assessment.Ledger.LedgerWorkbook.Read(saved);
        Assert.Empty(import.Problems);
        Assert.Equal(
            [("A-001", "冲床, 一号", new DateOnly(2020, 1, 31)), ("1002", "注塑机", new DateOnly(2021, 12, 1))],
            import.Ledger!.Entries.Select(e => (e.AssetNo, e.Name, e.CommissionDate)));
    }

    private async Task ConvertAsync(string source, string format, params string[] more)
    {
        // A profile of its own, so that an office that is open does not take the request.
        string[] arguments = ["--headless", $"-env:UserInstallation=file://{_folder}/profile", "--convert-to", format, .. more, "--outdir", _folder, source];
        await using PartnerProcess office = PartnerProcess.Start("soffice", arguments, _folder);
        await office.WaitForExitAsync(TimeSpan.FromSeconds(120));
    }
}
