using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Store.Ingest;

namespace EdgeAgent.Web.Plant.Board;

/// <summary>Keeps what agents say of themselves: births, statuses and how they fare.</summary>
/// <remarks>Safe for concurrent use. Only agents that were let in are heard, so there are as many as people approved.</remarks>
internal sealed class AgentWatch(string site, PlantBoard board, TimeProvider time) : IAgentObserver
{
    private readonly Lock _gate = new();
    private readonly Dictionary<AgentKey, WatchedAgent> _agents = [];

    /// <summary>Of this site, in the order of their names.</summary>
    public IReadOnlyList<WatchedAgent> Agents
    {
        get
        {
            lock (_gate)
            {
                return [.. _agents.Values.OrderBy(a => a.Agent.Agent, StringComparer.Ordinal)];
            }
        }
    }

    public WatchedAgent? Find(string agent)
    {
        lock (_gate)
        {
            return _agents.GetValueOrDefault(new AgentKey(site, agent));
        }
    }

    public void Introduced(AgentKey agent, AgentBirth birth)
    {
        if (agent.Site != site)
        {
            return;
        }

        lock (_gate)
        {
            _agents[agent] = Known(agent) with { Birth = birth, Version = birth.Version, ConfigHash = birth.ConfigHash, Incarnation = birth.Incarnation };
        }

        board.Define(agent, birth);
    }

    public void Told(AgentKey agent, AgentStatus status)
    {
        if (agent.Site != site)
        {
            return;
        }

        long now = UnixTicks.Now(time);
        lock (_gate)
        {
            WatchedAgent known = Known(agent);
            // A retained message may have waited at the broker: its clock tells nothing, which shows when a later one is nearer to ours.
            long? offset = status.Health is { } health ? Nearer(known, health.AtTicks - now) : known.OffsetTicks;
            _agents[agent] = known with
            {
                Online = status.Online,
                Version = status.Version,
                Incarnation = status.Incarnation,
                SinceTicks = status.SinceTicks,
                ToldTicks = now,
                OffsetTicks = offset,
                Health = status.Health ?? known.Health,
            };
            if (offset is { } ticks)
            {
                board.NoteClock(agent, ticks);
            }
        }
    }

    /// <summary>Takes note of the agent in this very process, whose clock is ours.</summary>
    public void LookedAt(AgentKey agent, AgentHealth health, string version, bool connected)
    {
        lock (_gate)
        {
            WatchedAgent known = Known(agent);
            _agents[agent] = known with
            {
                Online = connected, Version = version, ToldTicks = UnixTicks.Now(time), OffsetTicks = 0, Health = health,
                SinceTicks = known.SinceTicks == 0 ? health.AtTicks : known.SinceTicks,
            };
        }
    }

    /// <summary>The first word after a start may be a retained one; from the second on it was written just now.</summary>
    private static long? Nearer(WatchedAgent known, long offset) => known.Health is null && offset < 0 ? null : offset;

    private WatchedAgent Known(AgentKey agent) =>
        _agents.GetValueOrDefault(agent) ?? new WatchedAgent(agent, null, "", "", default, 0, 0, null, null, null);
}
