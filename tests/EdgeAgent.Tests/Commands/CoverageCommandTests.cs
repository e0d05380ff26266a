using System.Text;
using System.Text.Json;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Ledger.Storage;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Commands;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Commands;

/// <summary>The verb over a real embedded store, a ledger file and the built-in rules.</summary>
public sealed class CoverageCommandTests : IAsyncLifetime
{
    private const string LedgerHeader = "资产编号,设备名称,设备类别,状态,投用日期,数字化依据,佐证材料";
    private const string Ledger = $"""
        {LedgerHeader}
        A-001,冲床,生产设备,在用,2020-01-01,PLC,铭牌.jpg
        A-002,车床,生产设备,在用,2020-01-01,无,
        A-003,旧冲床,生产设备,封存,2001-01-01,无,
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
              "hub": { "dataDirectory": "hub", "store": { "kind": "sqlite", "path": "store" }, "ledger": "ledger.csv" }
            }
            """);
        await File.WriteAllTextAsync(Path.Combine(_directory, "ledger.csv"), Ledger);
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
    public async Task A_week_of_accounts_comes_out_as_a_table()
    {
        CommandLineRun run = await CoverageAsync("--as-of", "2025-11-20");

        Assert.Equal("", run.Error);
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("企业的生产设备联网率: 50.00% (1/2), option D, 4.5 points; 1 more for option E (6 points)", run.Out);
        Assert.Contains("NO_BINDING", run.Out);
        Assert.Contains("EXCLUDED_STATUS", run.Out);
        Assert.Contains("Sources in no ledger line (1):", run.Out);
    }

    [Fact]
    public async Task The_same_as_json_for_programs()
    {
        CommandLineRun run = await CoverageAsync("--as-of", "2025-11-20T00:00:00+08:00", "--window", "7d", "--json");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        using JsonDocument json = JsonDocument.Parse(run.Out);
        JsonElement root = json.RootElement;
        Assert.False(root.GetProperty("rulePack").GetProperty("windowIsOverride").GetBoolean());
        Assert.Equal("10080", root.GetProperty("devices")[0].GetProperty("good").ToString());
        Assert.Equal("2025-11-19T23:00:00+08:00", root.GetProperty("devices")[0].GetProperty("lastGoodHour").GetString());
        Assert.Equal("stray", root.GetProperty("unledgered")[0].GetProperty("device").GetString());
        Assert.Equal(2, root.GetProperty("counts").GetProperty("total").GetInt32());
        Assert.Equal(3, root.GetProperty("counts").GetProperty("totalStrict").GetInt32());
    }

    [Fact]
    public async Task Before_the_first_account_nothing_is_networked()
    {
        CommandLineRun run = await CoverageAsync("--as-of", "2025-11-13");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("联网率: 0.00% (0/2), option A", run.Out);
    }

    [Fact]
    public async Task Rates_that_cannot_be_computed_have_an_exit_code()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, "ledger.csv"), $"{LedgerHeader}\nA-003,旧冲床,生产设备,封存,2001-01-01,无,\n");
        CommandLineRun run = await CoverageAsync("--as-of", "2025-11-20");

        Assert.Equal(ExitCodes.DoesNotHold, run.ExitCode);
        Assert.Contains("不可计算", run.Out);
    }

    [Theory]
    [InlineData("--as-of", "yesterday")]
    [InlineData("--as-of", "2025-11-20T00:00:00")]
    [InlineData("--as-of", "2999-01-01")]
    [InlineData("--window", "7")]
    [InlineData("--rule-pack", "miit-1999")]
    public async Task A_question_that_makes_no_sense_is_refused(string option, string value)
    {
        CommandLineRun run = await CoverageAsync(option, value);

        Assert.Equal(ExitCodes.BadUsage, run.ExitCode);
        Assert.Contains(value, run.Error);
        Assert.Equal("", run.Out);
    }

    [Fact]
    public async Task A_ledger_with_errors_is_refused_with_all_of_them_by_check_too()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, "ledger.csv"), $"{LedgerHeader}\nA-1,=1+1,生产设备,坏了,2020-01-01,,\n");
        foreach (CommandLineRun run in new[] { await CoverageAsync(), await CommandLineRun.OfAsync("check", ConfigFile) })
        {
            Assert.Equal(ExitCodes.BadUsage, run.ExitCode);
            Assert.Contains("row 2, column 设备名称: '=1+1' would be run as a formula", run.Error);
            Assert.Contains("row 2, column 状态: '坏了' is not known", run.Error);
        }
    }

    [Fact]
    public async Task Check_names_a_rule_pack_that_is_not_there()
    {
        await File.WriteAllTextAsync(ConfigFile, (await File.ReadAllTextAsync(ConfigFile)).Replace("\"ledger\"", "\"rulePack\": \"none.json\", \"ledger\"", StringComparison.Ordinal));
        CommandLineRun run = await CommandLineRun.OfAsync("check", ConfigFile);

        Assert.Equal(ExitCodes.BadUsage, run.ExitCode);
        Assert.Contains("$.hub.rulePack", run.Error);
    }

    [Fact]
    public async Task A_recorded_ledger_goes_before_the_file_and_what_was_set_otherwise_is_printed()
    {
        FakeTimeProvider then = new(new DateTimeOffset(2025, 11, 1, 0, 0, 0, TimeSpan.Zero));
        SiteLedger ledger = SiteLedger.Open(Path.Combine(_directory, "hub"), "plant", then);
        LedgerPreview preview = LedgerImporter.Preview(ledger.Read(), "ledger.csv", await File.ReadAllBytesAsync(Path.Combine(_directory, "ledger.csv")), complete: false);
        LedgerImporter.Record(ledger, preview, "张工", "建账", then);
        ledger.Append([new AssetRemoved("A-002"), new RuleSet(new RuleOverride("$.minCoverage", "0.8"))], "王工", "专家要求", "test");
        CommandLineRun run = await CoverageAsync("--as-of", "2025-11-20");
        Assert.Equal("", run.Error);
        Assert.Contains("1 counted", run.Out);
        Assert.Contains("Override   $.minCoverage = 0.8, by 王工 on 2025-11-01 08:00:00+08:00: 专家要求", run.Out);
        Assert.Contains(ledger.Read().HeadHash, run.Out);
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_a_failure_and_is_not_created()
    {
        Directory.Delete(Path.Combine(_directory, "store"), recursive: true);
        CommandLineRun run = await CoverageAsync("--as-of", "2025-11-20");

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.DoesNotContain("Unexpected", run.Error);
        Assert.False(Directory.Exists(Path.Combine(_directory, "store")));
    }

    [Theory]
    [InlineData("src/EdgeAgent/Simulation/Demo/ledger.csv")]
    [InlineData("configs/ledger.csv")]
    public void Sample_ledgers_can_be_imported(string file)
    {
        LedgerImport import = LedgerCsv.ReadFile(RepositoryRoot.Combine(file.Split('/')));
        Assert.Empty(import.Problems);
        Assert.NotEmpty(import.Ledger!.Entries);
    }

    private Task<CommandLineRun> CoverageAsync(params string[] options) => CommandLineRun.OfAsync(["coverage", ConfigFile, .. options]);

    private static StoredBatch WeekOfAccounts()
    {
        PlantDefinition definition = DefinitionCodec.Create(
            [new DeviceDefinition("press", "modbus-tcp", "modbus-tcp://10.0.0.1:502/1", "A-001"), new DeviceDefinition("stray", "modbus-tcp", "modbus-tcp://10.0.0.1:502/2", "")],
            [new TagDefinition(0, "speed", ValueKind.Float64, "", 60_000), new TagDefinition(1, "speed", ValueKind.Float64, "", 60_000)]);
        ScanAccount[] accounts = [.. from hour in Enumerable.Range(WindowFrom, 168)
                                     from device in Enumerable.Range(0, 2)
                                     select new ScanAccount(device, hour, Provenance.Live, 60, 60, 0, 0, 0, 60, 0, 0, 30)];
        byte[] bytes = Encoding.UTF8.GetBytes("signed elsewhere");
        return new StoredBatch(
            new AgentKey("plant", "gw-01"), Guid.NewGuid(), 1, bytes, new byte[32], new byte[32], 0, definition, definition, new ReadingBatch(), accounts, []);
    }
}
