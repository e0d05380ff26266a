using System.Text;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Ledger.Storage;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Assessment.Spreadsheets;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;

namespace EdgeAgent.Assessment.Tests.Ledger.Import;

/// <summary>The sheets beside the assets: what an export writes comes back, what somebody edits in them comes in, and what is wrong names its sheet and row.</summary>
public sealed class LedgerPartsTests : IDisposable
{
    private const string Assets = "资产编号,设备名称,设备类别,状态,投用日期,车间,工序,关键工序\nA-1,冲床,生产设备,在用,2020-01-01,冲压车间,冲压,是\nA-2,注塑机,生产设备,在用,2020-01-01,注塑车间,注塑,否\n";

    private static readonly RulePack Rules = RulePackCatalog.Load("miit-2024").Rules;

    private readonly string _folder = Directory.CreateTempSubdirectory("parts-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 11, 1, 18, 0, 0, TimeSpan.Zero).AddTicks(1_234_567));
    private readonly SiteLedger _ledger;
    private readonly string _photo;

    public LedgerPartsTests()
    {
        _ledger = SiteLedger.Open(_folder, "plant", _time);
        LedgerImporter.Record(_ledger, LedgerImporter.Preview(_ledger.Read(), "台账.csv", Encoding.UTF8.GetBytes(Assets), complete: false), "张工", "建账", _time);
        (_photo, long bytes) = _ledger.Files.Keep(new MemoryStream("photo"u8.ToArray()));
        long now = UnixTicks.Now(_time);
        _ledger.Append(
            [
                new AreaSet(new PlantArea("仓库", "", "没有生产设备")), new ProcessSet(new PlantProcess("包装", IsKey: false, "包装车间", "人工")), new ProcessSet(new PlantProcess("热处理", IsKey: true)),
                new BindingSet(new DeviceBinding("gw-01", "press-1", "A-1", now)), new StopSet(new DeclaredStop("S-1", "A-2", now, now + TimeSpan.TicksPerDay, "检修")),
                new StopSet(new DeclaredStop("S-2", "", now, now + TimeSpan.TicksPerDay, "停电")), new FileAttached(new AttachedFile(_photo, "铭牌.jpg", "铭牌照片", bytes, "asset:A-1")),
                new SceneSet(new SceneLevel("生产管控", 2, 1, [new EvidenceReference("工单截图", _photo, "4.3", "12"), new EvidenceReference("制度")], "已上线")),
            ],
            "李工", "登记", "test", Rules);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_sheet_of_an_export_comes_back_unchanged()
    {
        EditedWorkbook saved = Export();
        Assert.Equal(["设备台账", "区域", "工序", "设备绑定", "停机申报", "场景", "佐证文件", "变更记录"], saved.Names);
        LedgerPreview preview = Preview(saved, complete: true);
        Assert.Empty(preview.Errors);
        Assert.Empty(preview.Others);
        Assert.Equal((2, false), (preview.Unchanged, preview.CanRecord));
        Assert.Equal(["变更记录"], preview.PassedOver);
    }

    [PartnerFact("soffice")]
    public async Task What_LibreOffice_saves_again_comes_back_unchanged()
    {
        string path = Path.Combine(_folder, "ledger.xlsx"), saved = Directory.CreateDirectory(Path.Combine(_folder, "saved")).FullName;
        await File.WriteAllBytesAsync(path, LedgerExport.Workbook(_ledger.Read().Latest, _ledger.Read()));
        await using PartnerProcess office = PartnerProcess.Start("soffice", [$"-env:UserInstallation={new Uri(Path.Combine(_folder, "profile")).AbsoluteUri}", "--headless", "--norestore", "--convert-to", "xlsx", "--outdir", saved, path]);
        await office.WaitForExitAsync(TimeSpan.FromMinutes(2));
        LedgerPreview preview = LedgerImporter.Preview(_ledger.Read(), "ledger.xlsx", await File.ReadAllBytesAsync(Path.Combine(saved, "ledger.xlsx")), complete: true, Rules);
        Assert.Empty(preview.Errors);
        Assert.Empty(preview.Others.Select(o => $"{o.Sheet} {o.Row} {o.What}"));
        Assert.Equal(2, preview.Unchanged);
    }

    [Fact]
    public void What_is_edited_in_any_sheet_comes_in_as_one_event_and_then_there_is_nothing_left()
    {
        EditedWorkbook edited = Export()
            .Set("设备台账", 2, "型号", "J23-80")
            .Add("区域", "总装车间", "二线", "新建")
            .Set("工序", 5, "关键工序", "否") // 热处理 was declared a key process and is none any more
            .Set("设备绑定", 2, "结束", "2025-11-03 08:00")
            .Add("设备绑定", "gw-01", "press-1", "A-2", "2025/11/3 8:00", "", "换到注塑机")
            .Set("停机申报", 2, "原因", "大修")
            .Add("停机申报", "", "全部", "2025-12-31 00:00", "2026-01-01T12:00:00+08:00", "元旦放假")
            .Set("场景", 2, "改造后等级", 3)
            .Add("场景", "设备管理", "", "一级", "设备台账截图|4.4|15")
            .Set("佐证文件", 2, "类别", "照片");
        int events = _ledger.Read().Events.Count;
        LedgerPreview preview = Preview(edited);
        Assert.Empty(preview.Errors);
        Assert.Equal((1, 9), (preview.Changes.Count, preview.Others.Count));
        Assert.Equal(events, _ledger.Read().Events.Count);
        LedgerImporter.Record(_ledger, preview, "李工", "年底整理", _time, Rules);
        Assert.Equal(events + 1, _ledger.Read().Events.Count);

        DeviceLedger now = _ledger.Read().Latest;
        Assert.Contains(new PlantArea("总装车间", "二线", "新建"), now.DeclaredAreas);
        Assert.False(now.DeclaredProcesses.Single(p => p.Name == "热处理").IsKey);
        Assert.Equal(["A-1", "A-2"], now.Bindings.Select(b => b.AssetNo));
        Assert.Equal(now.Bindings[0].ToTicks, now.Bindings[1].FromTicks);
        Assert.Equal(["大修", "停电", "元旦放假"], now.Stops.Select(s => s.Reason));
        Assert.Equal(new DateTimeOffset(2025, 12, 31, 0, 0, 0, TimeSpan.FromHours(8)), UnixTicks.ToDateTimeOffset(now.Stops[2].FromTicks));
        Assert.Equal((3, 1, 2), (now.Answers.FindScene("生产管控")!.Level, now.Answers.FindScene("生产管控")!.LevelBefore, now.Answers.FindScene("生产管控")!.Evidence.Count));
        Assert.Equal(new EvidenceReference("设备台账截图", "", "4.4", "15"), now.Answers.FindScene("设备管理")!.Evidence.Single());
        Assert.Equal("照片", now.Files.Single().Kind);
        Assert.False(Preview(Export()).CanRecord);
    }

    [Fact]
    public void Everything_that_is_wrong_is_named_with_sheet_and_row_and_nothing_is_recorded()
    {
        EditedWorkbook edited = Export()
            .Set("设备台账", 3, "设备类别", "机器")
            .Add("区域", "仓库", "", "又一个仓库")
            .Set("工序", 2, "关键工序", "也许")
            .Set("停机申报", 3, "开始", "昨天")
            .Add("停机申报", "S-9", "A-2", "2025-12-31 00:00", "2026-01-01 00:00", "")
            .Set("场景", 2, "改造后等级", "五级")
            .Add("佐证文件", "asset:A-1", "别处.jpg", "照片", 3, new string('a', 64))
            .Set("区域", 2, "备注", "=1+1");
        LedgerPreview preview = Preview(edited);
        Assert.Equal(
            ["设备台账 3 设备类别", "区域 2 备注", "区域 5 车间", "工序 2 关键工序", "停机申报 3 开始", "停机申报 4 原因", "场景 2 改造后等级", "佐证文件 3 SHA-256"],
            preview.Errors.Select(e => $"{e.Sheet} {e.Row} {e.Column}"));
        Assert.All(preview.Errors, e => Assert.Matches("^工作表“.+”第 \\d+ 行 .+：", e.InChinese()));
        Assert.All(preview.Errors, e => Assert.DoesNotMatch("[a-z]{3,} [a-z]{2,}", e.InChinese()));
        Assert.False(preview.CanRecord);
        Assert.Throws<InvalidOperationException>(() => LedgerImporter.Record(_ledger, preview, "李工", "整理", _time, Rules));
    }

    [Theory]
    [InlineData("设备绑定", new[] { "gw-01", "press-2", "A-77", "2025-11-03 08:00" }, "A-77")]
    [InlineData("设备绑定", new[] { "gw-01", "press-1", "A-2", "2025-11-03 08:00" }, "overlaps")]
    [InlineData("停机申报", new[] { "", "A-1", "2025-11-03 08:00", "2025-11-02 08:00", "检修" }, "ends before it begins")]
    [InlineData("场景", new[] { "喝茶", "", "2", "截图" }, "no scene")]
    [InlineData("场景", new[] { "质量管理", "", "2", "" }, "no evidence")]
    public void What_the_ledger_would_refuse_is_named_with_sheet_and_row_before_anybody_commits(string sheet, string[] cells, string problem)
    {
        EditedWorkbook edited = Export().Add(sheet, [.. cells.Select(c => (SheetCell)c)]);
        LedgerProblem error = Assert.Single(Preview(edited).Errors);
        Assert.Equal((sheet, sheet switch { "停机申报" => 4, _ => 3 }), (error.Sheet, error.Row));
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_binding_may_name_an_asset_that_the_same_file_adds()
    {
        EditedWorkbook edited = Export().Add("设备台账", "A-3", "铣床").Set("设备台账", 4, "设备类别", "生产设备").Set("设备台账", 4, "状态", "在用").Set("设备台账", 4, "投用日期", "2024-01-01")
            .Add("设备绑定", "gw-02", "mill-1", "A-3", "2025-11-03 08:00");
        LedgerPreview preview = Preview(edited);
        Assert.Empty(preview.Errors);
        LedgerImporter.Record(_ledger, preview, "李工", "新机", _time, Rules);
        Assert.Equal("A-3", _ledger.Read().Latest.FindBinding("gw-02", "mill-1", UnixTicks.From(new DateTimeOffset(2025, 11, 4, 0, 0, 0, TimeSpan.Zero)))!.AssetNo);
    }

    [Fact]
    public void A_complete_file_takes_out_declared_areas_processes_and_stops_that_its_sheets_do_not_have()
    {
        EditedWorkbook edited = Export().Remove("区域", 2).Remove("工序", 3).Remove("停机申报", 3);
        Assert.Empty(Preview(edited).Others);
        LedgerPreview preview = Preview(edited, complete: true);
        Assert.Equal([("区域", "仓库"), ("工序", "包装"), ("停机申报", "S-2")], preview.Others.Select(o => (o.Sheet, o.Subject)));
        LedgerImporter.Record(_ledger, preview, "李工", "撤销", _time, Rules);
        DeviceLedger now = _ledger.Read().Latest;
        Assert.Empty(now.DeclaredAreas);
        Assert.Equal((1, 1), (now.DeclaredProcesses.Count, now.Stops.Count));
    }

    [Fact]
    public void Sheets_of_somebody_else_are_passed_over_and_named_and_a_misspelt_header_of_ours_is_not()
    {
        LedgerPreview preview = Preview(Export().Sheet("说明", "填写说明"));
        Assert.Equal(["变更记录", "说明"], preview.PassedOver);
        Assert.Empty(preview.Errors);
        LedgerPreview misspelt = Preview(Export().Set("设备绑定", 1, "结束", "结束时间"));
        Assert.Equal(("设备绑定", 1, "结束时间"), (Assert.Single(misspelt.Errors).Sheet, misspelt.Errors[0].Row, misspelt.Errors[0].Value));
    }

    private EditedWorkbook Export() => new(LedgerExport.Workbook(_ledger.Read().Latest, _ledger.Read()));

    private LedgerPreview Preview(EditedWorkbook workbook, bool complete = false) => LedgerImporter.Preview(_ledger.Read(), "ledger.xlsx", workbook.Save(), complete, Rules);
}
