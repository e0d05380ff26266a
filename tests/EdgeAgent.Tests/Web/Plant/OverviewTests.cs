using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Web.Plant;
using EdgeAgent.Web.Plant.Overview;

namespace EdgeAgent.Tests.Web.Plant;

public sealed class OverviewTests
{
    [Fact]
    public void A_buffer_whose_books_do_not_balance_is_said_with_the_difference()
    {
        using BoardPlant plant = new();
        plant.State.Watch.Told(BoardPlant.Agent, Status(plant, plant.Health()));
        Assert.True(Overview(plant).Balances);

        plant.State.Watch.Told(BoardPlant.Agent, Status(plant, plant.Health() with { Buffer = new HealthBuffer(10, 5, 2, 0, 1, null, 4096) }));
        LawView law = Assert.Single(Overview(plant).Laws);
        Assert.Equal(("buffer", "gw-01", 3L, false), (law.Name, law.Of, law.Difference, law.Balances));
        Assert.False(Overview(plant).Balances);
    }

    [Fact]
    public void The_states_that_people_meet_are_told_by_name_worst_first()
    {
        using BoardPlant plant = new();
        Assert.Equal(["NO_HUB_HERE", "EMPTY_PLANT"], Overview(plant).Notes.Select(n => n.Code));

        plant.Commit(0, 0, 1);
        plant.State.Watch.Told(BoardPlant.Agent, Status(plant, plant.Health()));
        plant.State.Watch.Told(BoardPlant.Agent, Status(plant, plant.Health() with { AtTicks = UnixTicks.Now(plant.Time) - TimeSpan.TicksPerHour }) with { Online = false });
        Assert.Equal(["AGENT_OFFLINE", "AGENT_CLOCK_WRONG", "NO_HUB_HERE"], Overview(plant).Notes.Select(n => n.Code));
    }

    [Fact]
    public void A_buffer_that_waits_is_shown_with_the_age_of_its_oldest_reading()
    {
        using BoardPlant plant = new();
        plant.State.Watch.Told(BoardPlant.Agent, Status(plant, plant.Health(oldestTicks: UnixTicks.Now(plant.Time) - (90 * TimeSpan.TicksPerSecond))));
        AgentView agent = Assert.Single(Overview(plant).Agents);

        Assert.Equal((5L, 90.0), (agent.PendingReadings, agent.OldestAgeSeconds));
    }

    /// <summary>A gateway whose hub is away collects: it is not offline, and its devices are not either.</summary>
    [Fact]
    public void An_agent_never_calls_itself_offline()
    {
        AppConfig config = new() { Site = "plant", Agent = new AgentConfig { Id = "gw-01" } };
        using BoardPlant plant = new(sources: new PlantSources(config, "1.0"));
        plant.State.Watch.LookedAt(BoardPlant.Agent, plant.Health(), "1.0", connected: false);

        Assert.Equal("online", Assert.Single(Overview(plant).Agents).Standing);
        Assert.DoesNotContain(Overview(plant).Notes, n => n.Code == "AGENT_OFFLINE");
    }

    private static AgentStatus Status(BoardPlant plant, AgentHealth health) => new(true, "1", Guid.Empty, UnixTicks.Now(plant.Time)) { Health = health };

    private static OverviewView Overview(BoardPlant plant) => OverviewWriter.Write(plant.State, new AlarmCountsView(0, 0, 0, 0, 0));
}
