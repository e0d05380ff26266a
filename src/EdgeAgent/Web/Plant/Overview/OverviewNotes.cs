using EdgeAgent.Web.Plant.Board;
using EdgeAgent.Web.Plant.Devices;

namespace EdgeAgent.Web.Plant.Overview;

/// <summary>The states that people meet, worst first: each has a text and a way out on the pages.</summary>
internal static class OverviewNotes
{
    /// <summary>Clocks may differ by so much before it is said; batches are under way for a second at most.</summary>
    private const double ClockOffsetMsMax = 5_000;

    /// <summary>A machine that was never set shows a year like this.</summary>
    private const int YearLeast = 2025;

    public static IReadOnlyList<NoteView> Of(PlantState plant, IReadOnlyList<DeviceTile> tiles, IReadOnlyList<AgentView> agents, bool simulated)
    {
        List<NoteView> notes = [.. OfHub(plant, agents), .. agents.SelectMany(OfAgent)];
        if (plant.Now.Year < YearLeast)
        {
            notes.Add(new NoteView("CLOCK_WRONG", "error", "", null, plant.Now.ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)));
        }

        if (!plant.Sources.HasHub)
        {
            notes.Add(new NoteView("NO_HUB_HERE", "info", "", null, ""));
            if (plant.Sources.Agent() is { } snapshot)
            {
                notes.AddRange(snapshot.Publishers.Where(p => !p.Connected).Select(p => new NoteView("HUB_UNREACHABLE", "error", p.Name, null, p.LastProblem ?? "")));
            }
        }

        // Machines of the ledger are no devices yet.
        if (tiles.All(tile => tile.Agent.Length == 0))
        {
            notes.Add(new NoteView("EMPTY_PLANT", "info", "", null, ""));
        }

        if (simulated)
        {
            notes.Add(new NoteView("SIMULATED", "warning", "", null, plant.Ledger.Result?.Notice ?? ""));
        }

        return [.. notes.OrderBy(n => n.Severity switch { "error" => 0, "warning" => 1, _ => 2 })];
    }

    private static IEnumerable<NoteView> OfHub(PlantState plant, IReadOnlyList<AgentView> agents)
    {
        if (!plant.Sources.HasHub)
        {
            yield break;
        }

        if (!plant.Store.Available)
        {
            yield return new NoteView("STORE_DOWN", "error", "", plant.Store.DownSince, plant.Store.Problem ?? "");
        }

        if (plant.Sources.Ingest() is { Connected: false })
        {
            yield return new NoteView("BROKER_DOWN", "error", "", null, "");
        }

        if (agents.Count == 0)
        {
            yield return new NoteView("NO_AGENT", "warning", "", null, "");
        }

        if (plant.Ledger is { Ledger: null, Problem: { } problem })
        {
            yield return new NoteView("NO_LEDGER", "warning", "", null, problem);
        }
        else if (plant.Ledger.Problem is { } stale && plant.Store.Available)
        {
            yield return new NoteView("ASSESSMENT_FAILED", "warning", "", null, stale);
        }
    }

    private static IEnumerable<NoteView> OfAgent(AgentView agent)
    {
        switch (agent.Standing)
        {
            case "pending":
                yield return new NoteView("AGENT_PENDING", "warning", agent.Name, null, "");
                break;
            case "offline":
                yield return new NoteView("AGENT_OFFLINE", "error", agent.Name, agent.LastHeard, "");
                break;
        }

        if (agent.ClockOffsetMs is { } offset && Math.Abs(offset) > ClockOffsetMsMax)
        {
            yield return new NoteView("AGENT_CLOCK_WRONG", "error", agent.Name, null, $"{offset / 1000:+0;-0} s");
        }

        if (agent.BufferProblem is { } problem)
        {
            yield return new NoteView("BUFFER_FULL", "error", agent.Name, null, problem);
        }

        if (agent.Forked)
        {
            yield return new NoteView("AGENT_FORKED", "error", agent.Name, null, "");
        }
    }
}
