using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Web.Plant.Board;

namespace EdgeAgent.Tests.Web.Plant;

public sealed class PlantBoardTests
{
    [Fact]
    public void A_device_is_online_while_good_readings_are_told_of_and_bad_and_stale_after_that()
    {
        using BoardPlant plant = new();
        plant.Commit(0, 0, 20);
        Assert.Equal(DeviceStanding.Online, plant.StandingOf(0));

        plant.Time.Advance(TimeSpan.FromSeconds(16));
        plant.CommitBad(0, 0);
        Assert.Equal(DeviceStanding.Bad, plant.StandingOf(0));

        plant.Time.Advance(TimeSpan.FromSeconds(16));
        Assert.Equal(DeviceStanding.Stale, plant.StandingOf(0));
    }

    [Fact]
    public void A_device_whose_values_stand_still_is_online_without_readings()
    {
        using BoardPlant plant = new();
        plant.Commit(0, 0, 20);
        plant.Time.Advance(TimeSpan.FromMinutes(10));
        plant.CommitFiltered(0);

        Assert.Equal(DeviceStanding.Online, plant.StandingOf(0));
    }

    [Fact]
    public void What_waited_in_a_buffer_is_old_news()
    {
        using BoardPlant plant = new();
        plant.Commit([Reading.Float64(0, Quality.Good, UnixTicks.Now(plant.Time) - TimeSpan.TicksPerHour, 1)], plant.Account(0, good: 1), waited: TimeSpan.FromHours(1));

        Assert.Equal(DeviceStanding.Stale, plant.StandingOf(0));
    }

    [Fact]
    public void A_gateway_whose_clock_is_an_hour_behind_is_not_stale_once_that_is_known()
    {
        using BoardPlant plant = new();
        plant.Board.NoteClock(BoardPlant.Agent, -TimeSpan.TicksPerHour);
        plant.Commit([], plant.Account(0, good: 1), waited: TimeSpan.FromHours(1));

        Assert.Equal(DeviceStanding.Online, plant.StandingOf(0));
    }

    [Fact]
    public void What_was_missed_while_the_agent_was_down_is_no_news_of_a_device()
    {
        using BoardPlant plant = new();
        plant.Commit([], plant.Account(0, missed: 5) with { MissedWhileDown = 5 });

        Assert.Equal(DeviceStanding.Never, plant.StandingOf(0));
    }

    [Fact]
    public void A_reading_of_before_does_not_take_the_place_of_a_newer_one()
    {
        using BoardPlant plant = new();
        plant.Commit(0, 0, 20);
        plant.Commit([Reading.Float64(0, Quality.Good, UnixTicks.Now(plant.Time) - 1, 10)], plant.Account(0, good: 1));

        Assert.Equal(BitConverter.DoubleToUInt64Bits(20), plant.Board.Read(BoardPlant.Agent, "d0", d => d!.Find("t0")!.Value.Bits));
    }

    [Fact]
    public void A_reading_that_a_wrong_clock_dated_tomorrow_gives_way_to_what_is_read_now_and_not_to_what_was_read_before()
    {
        using BoardPlant plant = new();
        long tomorrow = UnixTicks.Now(plant.Time) + TimeSpan.TicksPerDay;
        plant.Commit([Reading.Float64(0, Quality.Good, tomorrow, 10)], plant.Account(0, good: 1));
        plant.Commit([Reading.Float64(0, Quality.Good, UnixTicks.Now(plant.Time) - TimeSpan.TicksPerHour, 5)], plant.Account(0, good: 1));
        Assert.Equal(10, ValueOf(plant));

        plant.Time.Advance(TimeSpan.FromSeconds(1));
        plant.Commit(0, 0, 20);
        Assert.Equal(20, ValueOf(plant));
    }

    [Fact]
    public void Readings_of_an_agent_whose_clock_is_known_to_be_ahead_keep_their_order()
    {
        using BoardPlant plant = new();
        plant.Board.NoteClock(BoardPlant.Agent, TimeSpan.TicksPerHour);
        long ahead = UnixTicks.Now(plant.Time) + TimeSpan.TicksPerHour;
        plant.Commit([Reading.Float64(0, Quality.Good, ahead, 10)], plant.Account(0, good: 1), waited: -TimeSpan.FromHours(1));
        plant.Commit([Reading.Float64(0, Quality.Good, ahead - TimeSpan.TicksPerSecond, 9)], plant.Account(0, good: 1), waited: -TimeSpan.FromHours(1));
        Assert.Equal(10, ValueOf(plant));
    }

    private static double ValueOf(BoardPlant plant) => BitConverter.UInt64BitsToDouble(plant.Board.Read(BoardPlant.Agent, "d0", d => d!.Find("t0")!.Value.Bits));

    [Fact]
    public void A_birth_makes_devices_known_that_never_sent_and_those_it_leaves_out_are_of_before()
    {
        using BoardPlant plant = new();
        plant.Commit(0, 0, 20);
        plant.State.Watch.Introduced(BoardPlant.Agent, new AgentBirth(
            "plant", "gw-01", "1.2", "", null, "", Guid.Empty, [new BirthDevice("new", "s7", "s7://x", "A-1", "live", [new BirthTag("t", "Float64", "", 1000, 1)])]));

        Assert.Equal(["new"], plant.Board.Read<string[]>(devices => [.. devices.Where(d => d.IsConfigured).Select(d => d.Name)]));
        Assert.Equal("1.2", plant.State.Watch.Find("gw-01")!.Version);
    }

    [Fact]
    public void The_clock_of_an_agent_is_told_by_what_it_wrote_just_now_and_not_by_what_waited_at_the_broker()
    {
        using BoardPlant plant = new();
        AgentStatus retained = new(true, "1", Guid.Empty, 0) { Health = plant.Health() };
        plant.Time.Advance(TimeSpan.FromHours(2));
        plant.State.Watch.Told(BoardPlant.Agent, retained);
        Assert.Null(plant.State.Watch.Find("gw-01")!.OffsetTicks);

        plant.State.Watch.Told(BoardPlant.Agent, retained with { Health = plant.Health() with { AtTicks = UnixTicks.Now(plant.Time) - TimeSpan.TicksPerMinute } });
        Assert.Equal(-TimeSpan.TicksPerMinute, plant.State.Watch.Find("gw-01")!.OffsetTicks);
    }

    [Fact]
    public void A_status_comes_back_from_json_as_it_was_and_one_of_an_older_version_has_no_health()
    {
        using BoardPlant plant = new();
        AgentStatus told = new(true, "1", Guid.NewGuid(), 5) { Health = plant.Health(oldestTicks: 7) with { Frames = [new HealthFrame("d0", 1, true, "0102", 2)] } };

        Assert.True(AgentStatus.TryParse(told.ToUtf8(), out AgentStatus? read));
        Assert.Equal(7, read.Health!.Buffer.OldestTicks);
        Assert.Equal(told.Health.Frames[0], read.Health.Frames[0]);
        Assert.True(AgentStatus.TryParse((told with { Health = null }).ToUtf8(), out AgentStatus? plain));
        Assert.Null(plain.Health);
    }
}
