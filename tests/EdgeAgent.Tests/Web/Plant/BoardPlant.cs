using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.TestKit;
using EdgeAgent.Web.Plant;
using EdgeAgent.Web.Plant.Board;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Web.Plant;

/// <summary>A plant's state under a clock of the test's, fed by batches as a hub commits them: devices d0, d1 … with tags t0, t1 … each second.</summary>
internal sealed class BoardPlant : IDisposable
{
    private readonly PlantDefinition _definition;
    private readonly int _tags;

    public BoardPlant(int devices = 1, int tags = 2, FakeTimeProvider? time = null, PlantSources? sources = null)
    {
        Time = time ?? new FakeTimeProvider();
        _tags = tags;
        State = new PlantState(sources ?? new PlantSources(new AppConfig { Site = "plant" }, "1.0"), Time, NullLogger<PlantState>.Instance);
        _definition = new PlantDefinition(
            new byte[32], [.. Enumerable.Range(0, devices).Select(d => new DeviceDefinition($"d{d}", "modbus-tcp", $"modbus-tcp://10.0.0.{d}:502/1", ""))],
            [.. Enumerable.Range(0, devices * tags).Select(t => new TagDefinition(t / tags, $"t{t % tags}", ValueKind.Float64, "℃", 1000))]);
    }

    public static AgentKey Agent { get; } = new("plant", "gw-01");

    public FakeTimeProvider Time { get; }

    public PlantState State { get; }

    public PlantBoard Board => State.Board;

    public void Dispose() => State.Dispose();

    /// <summary>Commits one reading of one tag, taken now.</summary>
    public void Commit(int device, int tag, double value) =>
        Commit([Reading.Float64((device * _tags) + tag, Quality.Good, UnixTicks.Now(Time), value)], Account(device, good: 1));

    public void CommitBad(int device, int tag) =>
        Commit([Reading.Failed((device * _tags) + tag, Quality.BadTimeout, UnixTicks.Now(Time))], Account(device, bad: 1));

    /// <summary>Commits an account of good readings that a deadband held back.</summary>
    public void CommitFiltered(int device) => Commit([], Account(device, good: 1) with { Buffered = 0, Filtered = 1 });

    public void Commit(IReadOnlyList<Reading> readings, ScanAccount account, TimeSpan? waited = null)
    {
        ReadingBatch batch = new();
        foreach (Reading reading in readings)
        {
            batch.Add(reading);
        }

        Board.Take(new StoredBatch(
            Agent, Guid.Empty, 1, default, default, default, UnixTicks.Now(Time) - (waited ?? TimeSpan.Zero).Ticks, _definition, null, batch, [account], []));
    }

    public ScanAccount Account(int device, long good = 0, long bad = 0, long missed = 0) =>
        new(device, UnixTicks.HourOf(UnixTicks.Now(Time)), Provenance.Live, good + bad + missed, good, bad, missed, 0, 0, 0, good + bad, good);

    public DeviceStanding StandingOf(int device) => Board.Read(Agent, $"d{device}", d => StandingRule.Of(d!, UnixTicks.Now(Time)));

    public AgentHealth Health(long? oldestTicks = null) =>
        new(UnixTicks.Now(Time), new HealthBuffer(10, 5, 5, 0, 1, oldestTicks, 4096), [], [], [], []);
}
