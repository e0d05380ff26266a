using System.Text.Json;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Ledger.Storage;
using EdgeAgent.Commands;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Commands;

/// <summary>Score, portfolio and baseline over a real embedded store and files.</summary>
public sealed class ScoreCommandTests : IAsyncLifetime
{
    private const string Ledger = """
        资产编号,设备名称,车间,设备类别,状态,投用日期,数字化依据,佐证材料
        A-001,冲床,一车间,生产设备,在用,2020-01-01,PLC,铭牌.jpg
        A-002,车床,二车间,生产设备,在用,2020-01-01,无,
        """;

    private static readonly int WindowFrom = ShanghaiTime.FirstHourOf(new DateOnly(2025, 11, 13));

    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;

    private string ConfigFile => Path.Combine(_directory, "hub.json");

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(ConfigFile, """
            {
              "site": "plant",
              "broker": { "listen": "127.0.0.1:0" },
              "hub": { "dataDirectory": "hub", "store": { "kind": "sqlite", "path": "store" }, "ledger": "ledger.csv", "rulePack": "hohhot-2025", "points": "points.csv" }
            }
            """);
        await File.WriteAllTextAsync(Path.Combine(_directory, "ledger.csv"), Ledger);
        await File.WriteAllTextAsync(Path.Combine(_directory, "points.csv"), "设备,测点,用途,信号\npress,count,产量计数,产量\npress,missing,温度,工艺参数\n");
        AppConfig config = Core.Configuration.ConfigFile.Load(ConfigFile).Config!;
        await using ITimeSeriesStore store = StoreFactory.Create(config.Hub!, TimeProvider.System, NullLoggerFactory.Instance);
        await store.InitializeAsync(CancellationToken.None);
        Assert.Equal([AppendOutcome.Stored], await store.AppendAsync([WeekOfAccounts()], CancellationToken.None));
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task The_score_is_a_table_for_people()
    {
        CommandLineRun run = await RunAsync("score", "--as-of", "2025-11-20");

        Assert.Equal("", run.Error);
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("等级 无等级", run.Out);
        Assert.Contains("50.00% (1/2)", run.Out);
        Assert.Contains("press/count: 产量计数", run.Out);
        Assert.Contains("press/missing", run.Out);
        Assert.Contains("Not final:", run.Out);
    }

    [Fact]
    public async Task The_score_is_an_object_for_programs_and_for_a_diagnosis_platform()
    {
        using JsonDocument json = JsonDocument.Parse((await RunAsync("score", "--as-of", "2025-11-20", "--json")).Out);
        Assert.Equal("4.5", json.RootElement.GetProperty("items")[2].GetProperty("points").GetString());
        Assert.Equal(["生产管控"], json.RootElement.GetProperty("items")[3].GetProperty("ticked").EnumerateArray().Select(t => t.GetString()));
        Assert.Equal(15, json.RootElement.GetProperty("items").GetArrayLength());
        using JsonDocument diagnosis = JsonDocument.Parse((await RunAsync("score", "--as-of", "2025-11-20", "--diagnosis")).Out);
        Assert.Equal(15, diagnosis.RootElement.GetProperty("digitalScoringQuestionList").GetArrayLength());
    }

    [Fact]
    public async Task A_recorded_ledger_goes_before_the_file()
    {
        SiteLedger ledger = SiteLedger.Open(Path.Combine(_directory, "hub"), "plant", TimeProvider.System);
        ledger.Append([.. LedgerCsv.ReadFile(Path.Combine(_directory, "ledger.csv")).Ledger!.Entries.Take(1).Select(e => new AssetSet(e))], "张三", "盘点", "test");
        foreach (string verb in new[] { "coverage", "score" })
        {
            Assert.Contains("(0/1)", (await RunAsync(verb)).Out); // one asset is recorded; its last data are long ago
            Assert.Contains("不可计算", (await RunAsync(verb, "--as-of", "2025-11-20")).Out); // nothing was recorded until then
        }
    }

    [Fact]
    public async Task A_baseline_is_taken_once_and_shown_beside_now()
    {
        string report = Path.Combine(_directory, "诊断报告.pdf");
        await File.WriteAllTextAsync(report, "诊断");
        string[] take = ["baseline", "take", ConfigFile, "--as-of", "2025-06-01", "--from-report", report, "--total", "2", "--digital", "1", "--networked", "0"];
        CommandLineRun first = await CommandLineRun.OfAsync(take);
        Assert.Equal("", first.Error);
        Assert.Contains("2 assets, 1 digital, 0 networked", first.Out);
        CommandLineRun second = await CommandLineRun.OfAsync(take);
        Assert.Equal(ExitCodes.Failed, second.ExitCode);
        Assert.Contains("never replaced", second.Error);
        Assert.Contains("Signature  holds", (await CommandLineRun.OfAsync("baseline", "show", ConfigFile)).Out);
        using JsonDocument json = JsonDocument.Parse((await RunAsync("score", "--as-of", "2025-11-20", "--json")).Out);
        Assert.Equal("+50.00", json.RootElement.GetProperty("beforeAfter").GetProperty("asOf")[1].GetProperty("percentagePoints").GetString());

        string file = Directory.GetFiles(Path.Combine(_directory, "hub", "baseline")).Single();
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace('A', 'B'));
        CommandLineRun changed = await RunAsync("score", "--as-of", "2025-11-20");
        Assert.Equal(ExitCodes.Failed, changed.ExitCode);
        Assert.Contains("baseline", changed.Error);
    }

    [Fact]
    public async Task Contradicting_figures_make_no_baseline()
    {
        string report = Path.Combine(_directory, "r.pdf");
        await File.WriteAllTextAsync(report, "诊断");
        CommandLineRun run = await CommandLineRun.OfAsync("baseline", "take", ConfigFile, "--as-of", "2025-06-01", "--from-report", report, "--total", "2", "--digital", "3");
        Assert.Equal(ExitCodes.BadUsage, run.ExitCode);
        Assert.False(Directory.Exists(Path.Combine(_directory, "hub", "baseline")));
    }

    [Fact]
    public async Task The_portfolio_lists_every_site()
    {
        CommandLineRun table = await RunAsync("portfolio", "--as-of", "2025-11-20");
        Assert.Equal("", table.Error);
        Assert.Contains("企业 1 家", table.Out);
        using JsonDocument json = JsonDocument.Parse((await RunAsync("portfolio", "--as-of", "2025-11-20", "--json")).Out);
        Assert.Equal("plant", json.RootElement.GetProperty("sites")[0].GetProperty("site").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("sites")[0].GetProperty("networking").GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task A_point_table_with_errors_is_refused()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, "points.csv"), "设备,测点,信号\npress,count,温度\n");
        CommandLineRun run = await RunAsync("score", "--as-of", "2025-11-20");
        Assert.Equal(ExitCodes.BadUsage, run.ExitCode);
        Assert.Contains("row 2, column 信号: '温度' is not a known signal", run.Error);
    }

    private Task<CommandLineRun> RunAsync(string verb, params string[] options) => CommandLineRun.OfAsync([verb, ConfigFile, .. options]);

    private static StoredBatch WeekOfAccounts()
    {
        PlantDefinition definition = DefinitionCodec.Create(
            [new DeviceDefinition("press", "modbus-tcp", "modbus-tcp://10.0.0.1:502/1", "A-001")], [new TagDefinition(0, "count", ValueKind.Int64, "", 60_000)]);
        ReadingBatch readings = new();
        BatchBuilder builder = new();
        builder.SetDefinition(definition);
        List<ScanAccount> accounts = [];
        for (int hour = WindowFrom; hour < WindowFrom + 168; hour++)
        {
            readings.Add(Reading.Int64(0, Quality.Good, hour * UnixTicks.PerHour, hour - WindowFrom));
            accounts.Add(new ScanAccount(0, hour, Provenance.Live, 60, 60, 0, 0, 0, 59, 0, 1, 1));
        }

        foreach (ref readonly Reading reading in readings.Readings)
        {
            builder.Add(readings, reading);
        }

        accounts.ForEach(a => builder.AddAccount(a));
        using EcdsaBatchSigner signer = EcdsaBatchSigner.CreateEphemeral();
        Guid incarnation = Guid.NewGuid();
        long created = (WindowFrom + 168) * UnixTicks.PerHour;
        SealedBatch sealedBatch = builder.Seal(new BatchHeader("plant", "gw-01", incarnation, 1, new byte[BatchFormat.HashBytes], created, definition.ConfigHash), signer);
        return new StoredBatch(
            new AgentKey("plant", "gw-01"), incarnation, 1, sealedBatch.Signed.ToArray(), sealedBatch.Hash.ToArray(), new byte[32], created, definition, definition, readings, accounts, []);
    }
}
