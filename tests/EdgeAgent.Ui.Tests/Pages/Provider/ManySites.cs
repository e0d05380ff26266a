using System.Globalization;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Ledger.Storage;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Ui.Tests.Pages.Provider;

/// <summary>A provider's hub with the data of forty enterprises, each tenth of them in trouble of its own kind.</summary>
internal static class ManySites
{
    public const int Count = 40;

    private const int Days = 8;

    private static readonly string[] Industries = ["特色食品加工业", "纺织服装加工业", "新材料制造业"];

    public static string NameOf(int i) => string.Create(CultureInfo.InvariantCulture, $"示范企业{i:00}号");

    /// <summary>What is wrong with an enterprise, by its number.</summary>
    public static Trouble TroubleOf(int i) => (i % 10) switch
    {
        0 => Trouble.Silent,
        1 => Trouble.Overdue,
        2 => Trouble.NoLedger,
        3 => Trouble.DueSoon,
        4 => Trouble.HalfMissing,
        5 => Trouble.Unledgered,
        _ => Trouble.None,
    };

    /// <summary>The configuration of a hub over that data.</summary>
    public static string Configure(int web, TempDirectory directory)
    {
        FillAsync(directory).GetAwaiter().GetResult();
        return PlantConfigs.HubAlone()(web, directory);
    }

    private static async Task FillAsync(TempDirectory directory)
    {
        await using ITimeSeriesStore store = StoreFactory.Create(new StoreConfig { Path = directory.File("hub", "store") }, 0, TimeProvider.System, NullLoggerFactory.Instance);
        await store.InitializeAsync(CancellationToken.None);
        List<StoredBatch> batches = [];
        for (int i = 0; i < Count; i++)
        {
            batches.Add(Batch(i));
            if (TroubleOf(i) != Trouble.NoLedger)
            {
                Register(directory, i);
            }
        }

        await store.AppendAsync(batches, CancellationToken.None);
    }

    private static string SiteOf(int i) => string.Create(CultureInfo.InvariantCulture, $"works-{i:00}");

    private static void Register(TempDirectory directory, int i)
    {
        SiteLedger ledger = SiteLedger.Open(directory.File("hub"), SiteOf(i), TimeProvider.System);
        DateOnly today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8));
        DateOnly end = TroubleOf(i) switch { Trouble.Overdue => today.AddDays(-5), Trouble.DueSoon => today.AddDays(10), _ => today.AddDays(200) };
        (LedgerEntry? press, _) = LedgerForm.Read(null, Fields("A-001", "冲床1号", "PLC"));
        (LedgerEntry? lathe, _) = LedgerForm.Read(null, Fields("A-002", "普通车床1号", "无"));
        ledger.Append(
            [
                new AssetSet(press!), new AssetSet(lathe!),
                new ProfileSet(new EnterpriseProfile(NameOf(i), "91150100MA0N0AJL29", Industry: Industries[i % 3])),
                new ProjectSet(new ProjectProfile("数字化改造", $"HT-{i}", today.AddDays(-100), end, "某服务商", [], [])),
            ],
            "王工", "建档", "test");
    }

    private static Dictionary<string, string> Fields(string assetNo, string name, string basis) => new()
    {
        ["assetNo"] = assetNo, ["name"] = name, ["category"] = "生产设备", ["status"] = "在用", ["commissionDate"] = "2020-01-01", ["digitalBasis"] = basis, ["evidence"] = "铭牌照片",
    };

    private static StoredBatch Batch(int i)
    {
        Trouble trouble = TroubleOf(i);
        AgentKey agent = new(SiteOf(i), "gw-01");
        PlantDefinition definition = DefinitionCodec.Create(
            [new DeviceDefinition("press-1", "modbus-tcp", $"modbus-tcp://10.0.{i}.1:502/1", trouble == Trouble.Unledgered ? "" : "A-001")], [new TagDefinition(0, "count", ValueKind.Int64, "", 60_000)]);
        int end = UnixTicks.HourOf(UnixTicks.Now(TimeProvider.System)) - (trouble == Trouble.Silent ? 72 : 0);
        ReadingBatch readings = new();
        List<ScanAccount> accounts = [];
        for (int hour = end - (24 * Days); hour < end; hour++)
        {
            int good = trouble == Trouble.HalfMissing ? 30 : 60;
            readings.Add(Reading.Int64(0, Quality.Good, hour * UnixTicks.PerHour, hour));
            accounts.Add(new ScanAccount(0, hour, Provenance.Live, 60, good, 0, 60 - good, 0, good - 1, 0, 1, 1));
        }

        if (trouble != Trouble.Silent)
        {
            readings.Add(Reading.Int64(0, Quality.Good, UnixTicks.Now(TimeProvider.System), end));
        }

        BatchBuilder builder = new();
        builder.SetDefinition(definition);
        foreach (ref readonly Reading reading in readings.Readings)
        {
            builder.Add(readings, reading);
        }

        accounts.ForEach(a => builder.AddAccount(a));
        using EcdsaBatchSigner signer = EcdsaBatchSigner.CreateEphemeral();
        Guid incarnation = Guid.NewGuid();
        long created = end * UnixTicks.PerHour;
        SealedBatch sealedBatch = builder.Seal(new BatchHeader(agent.Site, agent.Agent, incarnation, 1, new byte[BatchFormat.HashBytes], created, definition.ConfigHash), signer);
        return new StoredBatch(
            agent, incarnation, 1, sealedBatch.Signed.ToArray(), sealedBatch.Hash.ToArray(), new byte[BatchFormat.HashBytes], created, definition, definition, readings, accounts, []);
    }
}

/// <summary>What is wrong with an enterprise of <see cref="ManySites"/>.</summary>
internal enum Trouble
{
    None,
    Silent,
    Overdue,
    NoLedger,
    DueSoon,
    HalfMissing,
    Unledgered,
}
