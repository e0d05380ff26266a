using EdgeAgent.Alarms;
using EdgeAgent.Commands;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Store.Ingest;
using EdgeAgent.TestKit;
using EdgeAgent.Tests.Alarms;
using EdgeAgent.Web.Plant;
using EdgeAgent.Web.Plant.Board;
using EdgeAgent.Web.Plant.Devices;
using EdgeAgent.Web.Plant.Overview;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Web.Plant;

/// <summary>A store that does not take batches for a while: that is said, and nothing that it does not know is said of devices.</summary>
public sealed class StoreAwayTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero));
    private ITimeSeriesStore _store = null!;
    private BoardPlant _plant = null!;
    private AlarmFixture _alarms = null!;
    private string? _problem;

    public async Task InitializeAsync()
    {
        HubConfig hub = new() { DataDirectory = _directory.File("hub"), Store = new StoreConfig { Path = _directory.File("store") } };
        _store = StoreFactory.Create(hub, _time, NullLoggerFactory.Instance);
        await _store.InitializeAsync(CancellationToken.None);
        AppConfig config = new() { Site = "plant", Hub = hub };
        _plant = new BoardPlant(devices: 1, time: _time, sources: new PlantSources(config, "1.0")
        {
            Store = _store,
            Files = new HubFiles("hub.json", "plant", hub, _time),
            Ingest = () => new IngestStatistics(0, 0, 0, new Dictionary<RefusalReason, long>(), new Dictionary<HoldReason, long>(), 0, 0, 0, _problem, true, new Dictionary<AgentKey, AgentIngestStatistics>()),
        });
        _alarms = new AlarmFixture(
            _plant, new AlarmRule { Id = "s", Name = "数据库", Kind = AlarmKind.Store, Seconds = 30 }, new AlarmRule { Id = "o", Name = "离线", Kind = AlarmKind.Offline },
            new AlarmRule { Id = "q", Name = "静默", Kind = AlarmKind.Silence, Seconds = 60 });
        _plant.Commit(0, 0, 1);
        await LookAsync();
    }

    public async Task DisposeAsync()
    {
        _alarms.Dispose();
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task It_is_told_with_its_reason_and_an_alarm_is_raised_after_its_time_and_cleared()
    {
        Assert.DoesNotContain(Notes, n => n.Code == "STORE_DOWN");
        _problem = "disk full";
        await LookAsync();
        DateTimeOffset since = _time.GetUtcNow();
        NoteView note = Assert.Single(Notes, n => n.Code == "STORE_DOWN");
        Assert.Equal(("error", "disk full", since), (note.Severity, note.Detail, note.Since));
        Assert.Empty(_alarms.Engine.Open);

        await AdvanceAsync(29);
        Assert.Empty(_alarms.Engine.Open);
        await AdvanceAsync(1);
        Assert.Equal((AlarmKind.Store, 30.0, 30.0), (_alarms.Single.Kind, _alarms.Single.Value, _alarms.Single.Limit));

        _problem = null;
        await AdvanceAsync(1);
        Assert.DoesNotContain(Notes, n => n.Code == "STORE_DOWN");
        Assert.False(_alarms.Single.IsActive);
    }

    [Fact]
    public async Task Devices_are_neither_lost_with_it_nor_while_buffers_are_stored_afterwards_but_once_they_are()
    {
        _problem = "connection refused";
        await LookAsync();
        for (int i = 0; i < 20; i++)
        {
            await AdvanceAsync(30);
            Assert.Equal(DeviceStanding.Online, Standing);
        }

        _problem = null;
        await AdvanceAsync(5);
        Assert.Equal(DeviceStanding.Online, Standing);
        for (int minutes = 9; minutes > 0; minutes--)
        {
            _plant.Commit([Reading.Float64(0, Quality.Good, UnixTicks.Now(_time), 1)], _plant.Account(0, good: 1), waited: TimeSpan.FromMinutes(minutes));
            await AdvanceAsync(1);
            Assert.Equal(DeviceStanding.Online, Standing);
        }

        Assert.All(_alarms.Engine.Open, alarm => Assert.Equal(AlarmKind.Store, alarm.Kind));
        _plant.Commit(0, 0, 1); // Made after the return: nothing older is left.
        await AdvanceAsync(16);
        Assert.Equal(DeviceStanding.Stale, Standing);
        Assert.Contains(_alarms.Engine.Open, alarm => alarm is { Kind: AlarmKind.Offline, IsActive: true });
        await AdvanceAsync(60);
        Assert.Contains(_alarms.Engine.Open, alarm => alarm is { Kind: AlarmKind.Silence, IsActive: true });
    }

    [Fact]
    public async Task An_agent_of_which_nothing_comes_any_more_is_not_waited_for()
    {
        _problem = "connection refused";
        await LookAsync();
        await AdvanceAsync(300);
        _problem = null;
        await AdvanceAsync(1);
        Assert.Equal(DeviceStanding.Online, Standing);
        await AdvanceAsync(31);
        Assert.Equal(DeviceStanding.Stale, Standing);
    }

    private IReadOnlyList<NoteView> Notes => OverviewWriter.Write(_plant.State, new AlarmCountsView(0, 0, 0, 0, 0)).Notes;

    private DeviceStanding Standing => Assert.Single(DeviceTiles.Of(_plant.State)).State;

    private async Task AdvanceAsync(double seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        await LookAsync();
    }

    private async Task LookAsync()
    {
        await _plant.State.RefreshAsync(CancellationToken.None);
        _alarms.Engine.Step();
    }
}
