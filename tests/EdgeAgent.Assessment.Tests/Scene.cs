using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Tests;

/// <summary>A plant for a test: assets, what was observed of them, and the instant at which it is looked at.</summary>
/// <remarks>The window is Thursday 13 to Wednesday 19 November 2025, with five working days; 60 readings are due an hour.</remarks>
internal sealed class Scene
{
    public const long PerHour = 60;

    public static readonly DateTimeOffset AsOf = new(2025, 11, 20, 0, 0, 0, ShanghaiTime.Offset);
    public static readonly int WindowFrom = ShanghaiTime.FirstHourOf(new DateOnly(2025, 11, 13));
    public static readonly int WindowTo = ShanghaiTime.FirstHourOf(new DateOnly(2025, 11, 20));

    public List<LedgerEntry> Entries { get; } = [];

    public AccountStore Store { get; } = new();

    public LoadedRulePack Pack { get; set; } = RulePackCatalog.Load("miit-2024");

    /// <summary>When the assessment is made: long after the window unless a test says otherwise.</summary>
    public DateTimeOffset Now { get; set; } = AsOf.AddDays(10);

    public static LedgerEntry Entry(string assetNo, DigitalBasis basis = DigitalBasis.Plc) => new(
        0, assetNo, "设备" + assetNo, "", "", "", "一车间", "", "", false, AssetCategory.Production, CountUnit.Piece, AssetStatus.InUse,
        new DateOnly(2020, 1, 1), null, basis, "", null, basis is DigitalBasis.Unstated or DigitalBasis.None ? [] : ["铭牌照片.jpg"], "", null, "");

    public static int Hour(int day, int hourOfDay = 0) => ShanghaiTime.FirstHourOf(new DateOnly(2025, 11, day)) + hourOfDay;

    public Scene Asset(string assetNo, Func<LedgerEntry, LedgerEntry>? change = null)
    {
        LedgerEntry entry = Entry(assetNo);
        Entries.Add(change?.Invoke(entry) ?? entry);
        return this;
    }

    /// <summary>Accounts of the asset's device for the hours [from, to); by default the whole window, everything good.</summary>
    public Scene Observed(
        string assetNo,
        int? from = null,
        int? to = null,
        long due = PerHour,
        long? good = null,
        long? changed = null,
        Provenance provenance = Provenance.Live,
        string agent = "gw-01",
        string? device = null,
        string? address = null,
        long down = 0,
        string driver = "modbus-tcp")
    {
        for (int hour = from ?? WindowFrom; hour < (to ?? WindowTo); hour++)
        {
            long goodCount = good ?? (due - down);
            ScanAccount account = new(
                0, hour, provenance, due, goodCount, due - goodCount - down, down, down, 0, 0, due - down, changed ?? goodCount / 2);
            Store.Rows.Add(new DeviceHour(
                new AgentKey("plant", agent), device ?? "dev-" + assetNo, assetNo, driver, address ?? $"modbus-tcp://10.0.0.1:502/{assetNo}", account));
        }

        return this;
    }

    public Scene Rules(Func<RulePack, RulePack> change)
    {
        Pack = new LoadedRulePack(change(Pack.Rules), "0");
        return this;
    }

    public Task<CoverageReport> AssessAsync(DateTimeOffset? asOf = null, WindowLength? window = null) =>
        new CoverageAssessment(Store.Store, new DeviceLedger([.. Entries], "ledger"), Pack, new FixedTime(Now))
            .AssessAsync(new AssessmentRequest("plant", asOf ?? AsOf, window), CancellationToken.None);

    /// <summary>The result of the only asset, or of the one named.</summary>
    public async Task<DeviceResult> AssessOneAsync(string? assetNo = null)
    {
        CoverageReport report = await AssessAsync();
        return assetNo is null ? Assert.Single(report.Devices) : report.Devices.Single(d => d.AssetNo == assetNo);
    }

    public DeviceLedger Ledger => new([.. Entries], "ledger");

    internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
