using System.Text;
using EdgeAgent.Commands;

namespace EdgeAgent.Tests.Commands;

public sealed class LedgerCommandTests : IDisposable
{
    private const string Ledger = "资产编号,设备名称,车间,设备类别,状态,投用日期\nA-1,冲床,一车间,生产设备,在用,2020-01-01\nA-2,注塑机,二车间,生产设备,在用,2020-01-01\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-verb-").FullName;

    public LedgerCommandTests()
    {
        Write("hub.json", """{"site":"plant","hub":{"dataDirectory":"./data","rulePack":"hohhot-2025"},"broker":{"listen":"127.0.0.1:0"}}""");
        Write("ledger.csv", Ledger);
    }

    private string Config => Path.Combine(_folder, "hub.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_import_is_shown_first_and_recorded_with_who_and_why()
    {
        CommandLineRun dry = await RunAsync("import", In("ledger.csv"), "--dry-run");
        Assert.Equal((ExitCodes.Done, true), (dry.ExitCode, dry.Out.Contains("2 assets in ledger.csv: 2 new, 0 changed, 0 unchanged.", StringComparison.Ordinal)));
        Assert.Contains("Nothing was recorded for site plant", (await RunAsync("show")).Out);
        Assert.Equal(ExitCodes.BadUsage, (await RunAsync("import", In("ledger.csv"))).ExitCode); // no reason given
        Assert.Contains("Recorded as event 1 by 张工", (await RunAsync("import", In("ledger.csv"), "--by", "张工", "--why", "建账")).Out);
        CommandLineRun history = await RunAsync("history", "A-1");
        Assert.Contains("新增 冲床", history.Out);
        Assert.DoesNotContain("注塑机", history.Out);
    }

    [Fact]
    public async Task Bad_rows_are_named_and_nothing_is_imported()
    {
        Write("bad.csv", Ledger + "A-3,,一车间,机器,在用,昨天\n");
        CommandLineRun run = await RunAsync("import", In("bad.csv"), "--why", "建账");
        Assert.Equal(ExitCodes.BadUsage, run.ExitCode);
        Assert.Contains("row 4, column 设备类别: '机器' is not known", run.Out);
        Assert.Contains("3 problems; nothing was imported.", run.Error);
        Assert.Contains("Nothing was recorded", (await RunAsync("show")).Out);
    }

    [Fact]
    public async Task An_export_comes_back_unchanged()
    {
        await RunAsync("import", In("ledger.csv"), "--why", "建账");
        foreach (string file in new[] { "out.csv", "out.xlsx" })
        {
            Assert.Equal(ExitCodes.Done, (await RunAsync("export", "--out", In(file))).ExitCode);
            Assert.Contains("0 new, 0 changed, 2 unchanged", (await RunAsync("import", In(file), "--dry-run")).Out);
        }

        Assert.Equal(ExitCodes.BadUsage, (await RunAsync("export", "--out", In("out.pdf"))).ExitCode);
    }

    [Fact]
    public async Task Bindings_files_answers_scenes_stops_and_rules_are_recorded_and_shown()
    {
        await RunAsync("import", In("ledger.csv"), "--why", "建账");
        Write("photo.jpg", "photo");
        await DoneAsync("bind", "gw-01/press", "A-1", "--from", "2025-01-01", "--why", "安装");
        await DoneAsync("bind", "gw-01/press", "--to", "2025-02-01", "--why", "拆下");
        await DoneAsync("bind", "gw-01/press", "A-2", "--from", "2025-02-01", "--why", "换机");
        await DoneAsync("attach", "A-1", In("photo.jpg"), "--kind", "铭牌照片", "--why", "现场拍摄");
        await DoneAsync("answer", "6", "--option", "A", "--evidence", $"制度|3.1|12|{In("photo.jpg")}", "--why", "自评");
        await DoneAsync("scene", "生产管控", "2", "--evidence", "MES 截图|4.2|30", "--why", "自评");
        await DoneAsync("stop", "all", "--from", "2025-02-01", "--to", "2025-02-08 12:00", "--why", "春节");
        await DoneAsync("rule", "$.minCoverage", "0.8", "--why", "专家要求");
        await DoneAsync("area", "三车间", "--why", "新建");
        await DoneAsync("process", "冲压", "--key", "--workshop", "一车间", "--why", "工艺梳理");
        await DoneAsync("source", "gw-01/env", "--class", "环境传感器", "--purpose", "安全生产", "--users", "安环部", "--why", "核对差异清单");
        string shown = (await RunAsync("show")).Out;
        Assert.All(
            new[] { "三车间", "gw-01  press   A-1    2025-01-01 00:00:00  2025-02-01 00:00:00", "photo.jpg", "item 6", "制度 (3.1 p. 12)", "level 2", "(all)", "2025-02-08 12:00:00", "$.minCoverage  0.8" },
            text => Assert.Contains(text, shown));
        CommandLineRun history = await RunAsync("history");
        Assert.Equal(ExitCodes.Done, history.ExitCode);
        Assert.Contains("2 of 2 files as attached", history.Out);
    }

    [Theory]
    [InlineData("bind gw-01 A-1 --why x", "agent/device expected")]
    [InlineData("bind gw-01/d A-9 --why x", "'A-9' is not in the ledger")]
    [InlineData("answer 2 --option A --evidence y --why x", "computed from collected data")]
    [InlineData("answer 14 --option 增加 --number staffAfter=-1 --evidence y --why x", "0 or more")]
    [InlineData("answer 14 --option 增加 --number staffAfter --evidence y --why x", "a figure such as")]
    [InlineData("scene 采矿 2 --evidence y --why x", "no scene of the rule pack")]
    [InlineData("scene 生产管控 2 --why x", "no evidence")]
    [InlineData("stop A-1 --from 2025-02-02 --to 2025-02-01 --why x", "ends before it begins")]
    [InlineData("stop A-1 --from yesterday --to 2025-02-01 --why x", "is not an instant")]
    [InlineData("rule $.minCoverge 0.8 --why x", "no such member")]
    [InlineData("rule $.minCoverage 1.8 --why x", "minCoverage: above 0 and at most 1 expected")]
    [InlineData("attach A-1 /nonexistent --why x", "cannot be read")]
    [InlineData("source gw-01 --class 传感器 --why x", "agent/device expected")]
    [InlineData("source gw-01/d --why x", "--class, --purpose or --users")]
    [InlineData("area 三车间 --remove --why x", "was not declared")]
    [InlineData("profile --why x", "--enterprise or --project")]
    public async Task A_wrong_change_is_refused_with_advice(string arguments, string message)
    {
        await RunAsync("import", In("ledger.csv"), "--why", "建账");
        CommandLineRun run = await RunAsync(arguments.Split(' '));
        Assert.Equal(ExitCodes.BadUsage, run.ExitCode);
        Assert.Contains(message, run.Error);
        Assert.Contains("1 events", (await RunAsync("history")).Out);
    }

    [Fact]
    public async Task Facts_of_the_enterprise_are_checked()
    {
        Write("wrong.json", """{"name":"示例企业","creditCode":"91350100M000100Y44"}""");
        Assert.Contains("wrong check digit", (await RunAsync("profile", "--enterprise", In("wrong.json"), "--why", "申报")).Error);
        Write("right.json", """{"name":"示例企业","creditCode":"91350100M000100Y43","industry":"新材料制造业"}""");
        await DoneAsync("profile", "--enterprise", In("right.json"), "--why", "申报");
        Write("project.json", """{"name":"改造","contractNo":"HT-1","from":"2024-06-01","to":null,"provider":"服务商","systems":["生产管控"],"costs":[]}""");
        Assert.Contains("outside the accounting period", (await RunAsync("profile", "--project", In("project.json"), "--why", "申报")).Error);
        Write("broken.json", """{"name":"示例企业","creditcode":"x"}""");
        Assert.Equal(ExitCodes.BadUsage, (await RunAsync("profile", "--enterprise", In("broken.json"), "--why", "申报")).ExitCode);
    }

    [Fact]
    public async Task Damage_is_named_with_its_place()
    {
        await RunAsync("import", In("ledger.csv"), "--why", "建账");
        string events = Directory.EnumerateFiles(_folder, "events.jsonl", SearchOption.AllDirectories).Single();
        File.WriteAllText(events, File.ReadAllText(events).Replace("注塑机", "注塑料", StringComparison.Ordinal));
        CommandLineRun run = await RunAsync("show");
        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("line 1 (byte 0): the event does not have the hash", run.Error);
    }

    [Fact]
    public async Task Rule_packs_are_listed_shown_and_checked()
    {
        Assert.Contains("hohhot-2025  1        miit-2024", (await CommandLineRun.OfAsync("rules", "list")).Out);
        string shown = (await CommandLineRun.OfAsync("rules", "show", "hohhot-2025")).Out;
        Assert.All(new[] { "Level 2: 70 % of the settled costs, at most 35 万元", "! $.levels: tool", "14. 企业上年度人均营业收入相比于前年变化情况 (单选, typed, 4 points)" }, text => Assert.Contains(text, shown));
        Assert.Contains("\"id\": \"hohhot-2025\"", (await CommandLineRun.OfAsync("rules", "show", "hohhot-2025", "--json")).Out);
        Write("mine.json", """{"id":"mine","version":"1","title":"t","source":"s","base":"miit-2024","dimensions":[{"name":"数字化成效","weight":25}]}""");
        CommandLineRun check = await CommandLineRun.OfAsync("rules", "check", In("mine.json"));
        Assert.Equal(ExitCodes.BadUsage, check.ExitCode);
        Assert.Contains("sum to 105, 100 expected", check.Out);
        Assert.Equal(ExitCodes.Done, (await CommandLineRun.OfAsync("rules", "check", "miit-2022")).ExitCode);
        Assert.Contains("\"title\": \"EdgeAgent rule pack\"", (await CommandLineRun.OfAsync("rules", "schema")).Out);
    }

    private async Task DoneAsync(params string[] args)
    {
        CommandLineRun run = await RunAsync(args);
        Assert.True(run.ExitCode == ExitCodes.Done, run.Error);
    }

    private Task<CommandLineRun> RunAsync(params string[] args) => CommandLineRun.OfAsync(["ledger", .. args, "--config", Config]);

    private string In(string name) => Path.Combine(_folder, name);

    private void Write(string name, string text) => File.WriteAllText(In(name), text, new UTF8Encoding(false));
}
