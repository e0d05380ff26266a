using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Web.Plant.Board;

namespace EdgeAgent.Web.Plant.Overview;

/// <summary>The conservation law as numbers: over everything the store ever took, and over each agent's buffer.</summary>
internal static class Laws
{
    public static IReadOnlyList<LawView> Of(PlantState plant)
    {
        List<LawView> laws = [];
        if (plant.Store.Totals is { } totals)
        {
            ScanAccount accounts = totals.Accounts;
            laws.Add(Law("accounts", null, plant.Store.ReadAt, [new("due", accounts.Due)], [new("good", accounts.Good), new("bad", accounts.Bad), new("missed", accounts.Missed)]));
            laws.Add(Law(
                "kept", null, plant.Store.ReadAt, [new("good", accounts.Good), new("bad", accounts.Bad), new("beyond", accounts.Beyond)],
                [new("filtered", accounts.Filtered), new("dropped", accounts.Dropped), new("stored", totals.Readings)]));
        }

        foreach (WatchedAgent agent in plant.Watch.Agents)
        {
            if (agent.Health?.Buffer is { } buffer)
            {
                laws.Add(BufferLaw(agent, buffer));
            }
        }

        return laws;
    }

    private static LawView BufferLaw(WatchedAgent agent, HealthBuffer buffer) => Law(
        "buffer", agent.Agent.Agent, UnixTicks.ToDateTimeOffset(agent.ToldTicks), [new("buffered", buffer.Buffered)],
        [new("acknowledged", buffer.Acknowledged), new("pending", buffer.Pending), new("discarded", buffer.Discarded)]);

    private static LawView Law(string name, string? of, DateTimeOffset? at, TermView[] left, TermView[] right)
    {
        long difference = left.Sum(t => t.Readings) - right.Sum(t => t.Readings);
        return new LawView(name, of, at, left, right, difference, difference == 0);
    }
}
