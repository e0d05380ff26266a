using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Assessment.Scoring;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.TestKit;

namespace EdgeAgent.Assessment.Tests.Plant;

/// <summary>A plant of 40 assets over 30 days of which the truth is known, written into a store hour by hour as agents and hub would.</summary>
/// <remarks>The window is Thursday 13 to Wednesday 19 November 2025, Shanghai time, with five working days.</remarks>
internal sealed class SyntheticPlant
{
    public const string Site = "synthetic";
    private const int Due = 60;

    /// <summary>Readings that are sent of each hour; the others did not change enough.</summary>
    private const int Sent = 6;

    private static readonly DateTimeOffset AsOf = new(2025, 11, 20, 0, 0, 0, ShanghaiTime.Offset);
    private static readonly int From = ShanghaiTime.FirstHourOf(new DateOnly(2025, 10, 21));
    private static readonly int WindowFrom = ShanghaiTime.FirstHourOf(new DateOnly(2025, 11, 13));
    private static readonly int To = ShanghaiTime.FirstHourOf(new DateOnly(2025, 11, 20));

    private readonly List<Machine> _machines = [];
    private readonly List<LedgerEntry> _entries = [];
    private readonly List<DeclaredStop> _stops = [];
    private readonly List<PlannedPoint> _points = [];

    public SyntheticPlant()
    {
        Healthy();
        Broken();
        Copied();
        NotCounted();
        Stopped();
        Young();
        Others();
    }

    /// <summary>The clock of the hub; the stores under test must use it.</summary>
    public FakeTimeProvider Time { get; } = new(ShanghaiTime.AtHour(From));

    /// <summary>What is expected of each asset of N: its reasons, none when it is networked.</summary>
    public Dictionary<string, ReasonCode[]> Truth { get; } = [];

    /// <summary>What is expected of each asset that is not in N.</summary>
    public Dictionary<string, ReasonCode> Excluded { get; } = [];

    public int Assets => _entries.Count;

    /// <summary>Writes the 30 days. Only the window goes in by the hour, so that batches are stored when they are made.</summary>
    public async Task StoreAsync(ITimeSeriesStore store)
    {
        await store.InitializeAsync(CancellationToken.None);
        PlantAgent[] agents = [.. _machines.GroupBy(m => m.Agent).OrderBy(g => g.Key).Select(g => new PlantAgent(Site, g.Key, [.. g]))];
        List<StoredBatch> group = [];
        for (int hour = From; hour < To + 1; hour++)
        {
            Time.Advance(TimeSpan.FromHours(1));
            group.AddRange(agents.Select(a => a.Batch(hour, Due, hour >= WindowFrom ? Sent : 0)));
            if (hour >= WindowFrom - 1 || group.Count >= 24 * agents.Length)
            {
                Assert.All(await store.AppendAsync(group, CancellationToken.None), o => Assert.Equal(AppendOutcome.Stored, o));
                group.Clear();
            }
        }

        foreach (PlantAgent agent in agents)
        {
            agent.Dispose();
        }

        Time.Advance(TimeSpan.FromDays(2));
    }

    public async Task<AssessmentResult> AssessAsync(ITimeSeriesStore store, AccountHistory? accounts = null)
    {
        LoadedRulePack pack = RulePackCatalog.Load("miit-2024");
        PointTable points = new(_points, "points");
        Observations observed = await AssessmentReader.ReadAsync(store, Site, pack.Rules, AsOf, Time.GetUtcNow(), null, points, accounts, CancellationToken.None);
        return AssessmentEngine.Assess(new AssessmentInputs
        {
            Site = Site,
            Ledger = new DeviceLedger(_entries, "ledger")
            {
                Stops = _stops,
                Classifications = [new SourceClassification("gw-1", "router", "采集传输设备")],
            },
            Pack = pack,
            Observed = observed,
            AsOf = AsOf,
            Now = Time.GetUtcNow(),
            Points = points,
        });
    }

    private void Healthy()
    {
        for (int i = 1; i <= 12; i++)
        {
            Add($"A-{i:00}", i <= 6 ? "gw-1" : "gw-2", []);
        }

        // Moved to the other gateway in the middle of the window; its address goes with it.
        int turn = WindowFrom + 80;
        Asset("A-23", []);
        _machines.Add(new Machine("gw-1", "dev-A-23", "A-23", "modbus-tcp://10.0.0.23:502/1") { Good = h => h < turn ? Due : null });
        _machines.Add(new Machine("gw-2", "moved-23", "A-23", "modbus-tcp://10.0.0.23:502/1") { Good = h => h >= turn ? Due : null });
    }

    private void Broken()
    {
        Add("A-13", "gw-1", [ReasonCode.NoData], m => m with { Good = _ => 0 });
        Add("A-14", "gw-1", [ReasonCode.NotSeen], m => m with { Good = h => h < WindowFrom - 48 ? Due : null });
        Asset("A-15", [ReasonCode.NoBinding]);
        Add("A-16", "gw-1", [ReasonCode.Frozen], m => m with { Frozen = true });
        Add("A-28", "gw-2", [ReasonCode.LowCoverage], m => m with { Good = _ => Due / 2 });
        Add("A-29", "gw-2", [ReasonCode.LowCoverage, ReasonCode.FewDays], m => m with { Good = h => h < WindowFrom || h >= To - 72 ? Due : 0 });
        Add("A-38", "gw-3", [ReasonCode.ClockSkew]);
    }

    private void Copied()
    {
        Add("A-17", "gw-1", [ReasonCode.SharedAddress], m => m with { Address = "modbus-tcp://10.0.0.99:502/1" });
        Add("A-18", "gw-1", [ReasonCode.SharedAddress], m => m with { Address = "modbus-tcp://10.0.0.99:502/1" });
        Add("A-19", "gw-1", [ReasonCode.IdenticalSeries], m => m with { Seed = 4711 });
        Add("A-20", "gw-2", [ReasonCode.IdenticalSeries], m => m with { Seed = 4711 });

        // Two machines behind one controller, each with a running signal of its own.
        Add("A-39", "gw-2", [], m => m with { Address = "modbus-tcp://10.0.0.88:502/1", HasState = true });
        Add("A-40", "gw-2", [], m => m with { Address = "modbus-tcp://10.0.0.88:502/1", HasState = true });
    }

    private void NotCounted()
    {
        Add("A-24", "gw-1", [ReasonCode.Simulated], m => m with { Provenance = Provenance.Simulated });
        Add("A-25", "gw-1", [ReasonCode.Simulated], m => m with { Provenance = Provenance.Replayed });
        Add("A-26", "gw-1", [ReasonCode.Imported], m => m with { Provenance = Provenance.Imported });
        Add("A-34", "gw-2", [ReasonCode.NotDigital], entry: e => e with { DigitalBasis = DigitalBasis.None, Evidence = [] });
        Add("A-21", "gw-1", ReasonCode.Retired, e => e with { RetireDate = new DateOnly(2025, 11, 15) });
        Add("A-22", "gw-1", ReasonCode.ExcludedStatus, e => e with { Status = AssetStatus.Sealed });
        Add("A-37", "gw-1", ReasonCode.NotCommissioned, e => e with { CommissionDate = new DateOnly(2025, 12, 1) });
    }

    /// <summary>Off over the weekend of the window: a shutdown of 48 hours.</summary>
    private void Stopped()
    {
        (int off, int on) = (ShanghaiTime.FirstHourOf(new DateOnly(2025, 11, 15)), ShanghaiTime.FirstHourOf(new DateOnly(2025, 11, 17)));
        Machine Weekend(Machine m) => m with { Good = h => h >= off && h < on ? 0 : Due };
        Add("A-30", "gw-1", [], Weekend);
        Stop("A-30", off, on, logged: off);
        Add("A-31", "gw-1", [ReasonCode.LowCoverage], Weekend);
        Add("A-32", "gw-1", [ReasonCode.LowCoverage], Weekend);
        Stop("A-32", off, on, logged: To + 1);
        int back = ShanghaiTime.FirstHourOf(new DateOnly(2025, 11, 18));
        Add("A-33", "gw-1", [ReasonCode.LowCoverage, ReasonCode.FewDays], m => m with { Good = h => h >= WindowFrom && h < back ? 0 : Due });
        Stop("A-33", WindowFrom, back, logged: WindowFrom);
    }

    private void Young()
    {
        Add("A-27", "gw-2", [ReasonCode.Pending], m => m with { Good = h => h >= To - 48 ? Due : null });
        Add("A-35", "gw-2", [ReasonCode.Pending], m => m with { Good = h => h >= To - 48 ? Due : null }, e => e with { CommissionDate = new DateOnly(2025, 11, 18) });
        Add("A-36", "gw-2", [], m => m with { Good = h => h >= To - 96 ? Due : null }, e => e with { CommissionDate = new DateOnly(2025, 11, 16) });
    }

    private void Others()
    {
        _machines.Add(new Machine("gw-1", "stray", "", "modbus-tcp://10.0.0.200:502/1"));
        _machines.Add(new Machine("gw-1", "unknown", "X-99", "modbus-tcp://10.0.0.201:502/1"));
        _machines.Add(new Machine("gw-1", "router", "", "modbus-tcp://10.0.0.202:502/1"));
    }

    private void Add(string assetNo, string agent, ReasonCode[] reasons, Func<Machine, Machine>? machine = null, Func<LedgerEntry, LedgerEntry>? entry = null)
    {
        Asset(assetNo, reasons, entry);
        Add(agent, assetNo, machine);
    }

    private void Add(string assetNo, string agent, ReasonCode exclusion, Func<LedgerEntry, LedgerEntry> entry)
    {
        Entry(assetNo, entry);
        Excluded.Add(assetNo, exclusion);
        Add(agent, assetNo, null);
    }

    private void Add(string agent, string assetNo, Func<Machine, Machine>? change)
    {
        Machine machine = new(agent, "dev-" + assetNo, assetNo, $"modbus-tcp://10.0.0.{assetNo[2..].TrimStart('0')}:502/1");
        machine = change?.Invoke(machine) ?? machine;
        _machines.Add(machine);
        if (machine.HasState)
        {
            _points.Add(new PlannedPoint(0, "", machine.Device, PlantAgent.StateTag, "运行", SceneSignal.State, false, [], [1], []));
        }
    }

    private void Asset(string assetNo, ReasonCode[] reasons, Func<LedgerEntry, LedgerEntry>? change = null)
    {
        Entry(assetNo, change);
        Truth.Add(assetNo, reasons);
    }

    private void Entry(string assetNo, Func<LedgerEntry, LedgerEntry>? change)
    {
        LedgerEntry entry = new(
            0, assetNo, "设备" + assetNo, "", "", "", "一车间", "", "机加", false, AssetCategory.Production, CountUnit.Piece, AssetStatus.InUse,
            new DateOnly(2020, 1, 1), null, DigitalBasis.Plc, "", null, ["铭牌照片.jpg"], "", null, "");
        _entries.Add(change?.Invoke(entry) ?? entry);
    }

    private void Stop(string assetNo, int from, int to, int logged) => _stops.Add(new DeclaredStop(
        "stop-" + assetNo, assetNo, from * UnixTicks.PerHour, to * UnixTicks.PerHour, "年检", logged * UnixTicks.PerHour));
}
