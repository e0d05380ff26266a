using System.Text;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Ledger.Storage;
using EdgeAgent.TestKit;

namespace EdgeAgent.Assessment.Tests.Ledger.Import;

public sealed class LedgerImporterTests : IDisposable
{
    private const string Header = "资产编号,设备名称,设备类别,状态,投用日期,退役日期";

    private readonly string _folder = Directory.CreateTempSubdirectory("import-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 11, 1, 18, 0, 0, TimeSpan.Zero));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_preview_says_what_would_happen_and_records_nothing()
    {
        SiteLedger ledger = Imported($"{Header},备注\nA-1,冲床,生产设备,在用,2020-01-01,,旧\nA-2,注塑机,生产设备,在用,2020-01-01,,\nA-3,空压机,辅助生产设备,在用,2020-01-01,,\n");
        LedgerPreview preview = Preview(ledger, $"{Header}\na-1,冲床,生产设备,封存,2020-01-01,\nA-2,注塑机,生产设备,在用,2020/1/1,\nA-9,新机,生产设备,在用,2025-01-01,\n");
        Assert.Equal((3, 1, 1, 1), (preview.Rows, preview.Adds.Count, preview.Changes.Count, preview.Unchanged));
        Assert.Equal(["A-3"], preview.Missing);
        Assert.Equal([new FieldChange("资产编号", "A-1", "a-1"), new FieldChange("状态", "在用", "封存")], preview.Changes.Single().Fields);
        Assert.Single(ledger.Read().Events);
        LedgerImporter.Record(ledger, preview, "李工", "盘点", _time);
        DeviceLedger latest = ledger.Read().Latest;
        Assert.Equal(["A-2", "A-3", "A-9", "a-1"], latest.Entries.Select(e => e.AssetNo));
        Assert.Equal("旧", latest.Find("A-1")!.Remark); // the second file has no such column
        Assert.Equal(("李工", new DateOnly(2025, 11, 2)), (latest.Find("A-9")!.ChangedBy, latest.Find("A-9")!.ChangedAt)); // 02:00 in Shanghai
        Assert.Contains("sha256:" + preview.FileSha256, ledger.Read().Events[^1].Origin);
    }

    [Fact]
    public void A_complete_file_takes_out_what_it_does_not_have()
    {
        SiteLedger ledger = Imported($"{Header}\nA-1,冲床,生产设备,在用,2020-01-01,\nA-2,注塑机,生产设备,在用,2020-01-01,\n");
        LedgerPreview preview = LedgerImporter.Preview(ledger.Read(), "f.csv", Encoding.UTF8.GetBytes($"{Header}\nA-1,冲床,生产设备,在用,2020-01-01,\n"), complete: true);
        LedgerImporter.Record(ledger, preview, "李工", "拆除", _time);
        Assert.Equal(["A-1"], ledger.Read().Latest.Entries.Select(e => e.AssetNo));
        Assert.Equal("移出台账 注塑机", HistoryText.Changes(ledger.Read(), "asset:a-2").Last().What);
    }

    [Fact]
    public void A_file_with_one_bad_row_changes_nothing()
    {
        SiteLedger ledger = Imported($"{Header}\nA-1,冲床,生产设备,在用,2020-01-01,\n");
        LedgerPreview preview = Preview(ledger, $"{Header}\nA-2,注塑机,生产设备,在用,2020-01-01,\nA-3,冲床,机器,在用,2020-01-01,\n");
        Assert.Equal(3, Assert.Single(preview.Errors).Row);
        Assert.False(preview.CanRecord);
        Assert.Throws<InvalidOperationException>(() => LedgerImporter.Record(ledger, preview, "李工", "盘点", _time));
        Assert.Single(ledger.Read().Latest.Entries);
    }

    [Fact]
    public void A_date_that_only_the_ledger_contradicts_is_a_problem_of_its_row()
    {
        SiteLedger ledger = Imported($"{Header}\nA-1,冲床,生产设备,在用,2020-01-01,2021-01-01\n");
        LedgerPreview preview = Preview(ledger, "资产编号,设备名称,设备类别,状态,投用日期\nA-1,冲床,生产设备,在用,2022-01-01\n");
        Assert.Equal((2, "退役日期"), (Assert.Single(preview.Errors).Row, preview.Errors[0].Column));
    }

    [Fact]
    public void What_was_shown_is_recorded_or_nothing()
    {
        SiteLedger ledger = Imported($"{Header}\nA-1,冲床,生产设备,在用,2020-01-01,\n");
        LedgerPreview preview = Preview(ledger, $"{Header}\nA-2,注塑机,生产设备,在用,2020-01-01,\n");
        ledger.Append([new AssetRemoved("A-1")], "王工", "误登", "test");
        Assert.Throws<LedgerMovedException>(() => LedgerImporter.Record(ledger, preview, "李工", "盘点", _time));
    }

    [Fact]
    public void An_export_comes_back_unchanged_in_both_formats_and_the_same_bytes_each_time()
    {
        SiteLedger ledger = Imported(File.ReadAllText(EdgeAgent.TestKit.RepositoryRoot.Combine("configs", "ledger.csv")));
        DeviceLedger latest = ledger.Read().Latest;
        foreach (Func<byte[]> export in new Func<byte[]>[] { () => LedgerExport.Csv(latest), () => LedgerExport.Workbook(latest, ledger.Read()) })
        {
            byte[] file = export();
            Assert.Equal(file, export());
            LedgerPreview preview = LedgerImporter.Preview(ledger.Read(), "export", file, complete: true);
            Assert.Equal((7, 0), (preview.Unchanged, preview.Errors.Count));
        }
    }

    [Fact]
    public void Fifty_thousand_assets_go_in_come_out_and_change()
    {
        StringBuilder text = new($"{Header}\n");
        for (int i = 0; i < 50_000; i++)
        {
            text.Append("A-").Append(i).Append(",冲床,生产设备,在用,2020-01-01,\n");
        }

        SiteLedger ledger = Imported(text.ToString());
        Assert.Equal(50_000, SiteLedger.Open(_folder, "plant", _time).Read().Latest.Entries.Count);
        LedgerPreview preview = Preview(ledger, text.ToString().Replace("A-777,冲床", "A-777,压力机", StringComparison.Ordinal));
        Assert.Equal((49_999, 1), (preview.Unchanged, preview.Changes.Count));
    }

    private SiteLedger Imported(string text)
    {
        SiteLedger ledger = SiteLedger.Open(_folder, "plant", _time);
        LedgerImporter.Record(ledger, Preview(ledger, text), "张工", "建账", _time);
        return ledger;
    }

    private static LedgerPreview Preview(SiteLedger ledger, string text) =>
        LedgerImporter.Preview(ledger.Read(), "台账.csv", Encoding.UTF8.GetBytes(text), complete: false);
}
