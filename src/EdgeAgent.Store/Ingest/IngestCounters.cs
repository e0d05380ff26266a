using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Ingest;

/// <summary>Counts behind <see cref="IngestStatistics"/>.</summary>
internal sealed class IngestCounters(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<AgentKey, AgentCounters> _agents = [];
    private readonly Dictionary<RefusalReason, long> _refused = [];
    private readonly Dictionary<HoldReason, long> _held = [];
    private long _batches;
    private long _readings;
    private long _duplicates;
    private long _unbalanced;
    private long _commits;
    private string? _storeProblem;

    public void Stored(StoredBatch batch)
    {
        bool balances = batch.Accounts.All(a => a.Balances);
        lock (_gate)
        {
            _batches++;
            _readings += batch.Readings.Count;
            _unbalanced += balances ? 0 : 1;
            AgentCounters agent = Agent(batch.Agent);
            agent.Batches++;
            agent.Readings += batch.Readings.Count;
            agent.LastStoredTicks = UnixTicks.Now(time);
            agent.LagTicks = agent.LastStoredTicks - batch.CreatedTicks;
            agent.Delay.Add(agent.LagTicks, agent.LastStoredTicks);
        }
    }

    public void Duplicate(AgentKey agent)
    {
        lock (_gate)
        {
            _duplicates++;
            Agent(agent).Duplicates++;
        }
    }

    public void Refused(AgentKey agent, RefusalReason reason)
    {
        lock (_gate)
        {
            _refused[reason] = _refused.GetValueOrDefault(reason) + 1;
            Agent(agent).Refused++;
        }
    }

    public void Held(AgentKey agent, HoldReason reason)
    {
        lock (_gate)
        {
            _held[reason] = _held.GetValueOrDefault(reason) + 1;
            Agent(agent).Held++;
        }
    }

    public void Forked(AgentKey agent)
    {
        lock (_gate)
        {
            Agent(agent).Forked = true;
        }
    }

    public void Committed()
    {
        lock (_gate)
        {
            _commits++;
            _storeProblem = null;
        }
    }

    public void StoreDown(string problem)
    {
        lock (_gate)
        {
            _storeProblem = problem;
        }
    }

    public IngestStatistics Snapshot(long queuedBytes, bool connected)
    {
        lock (_gate)
        {
            return new IngestStatistics(
                _batches, _readings, _duplicates, new Dictionary<RefusalReason, long>(_refused), new Dictionary<HoldReason, long>(_held),
                _unbalanced, queuedBytes, _commits, _storeProblem, connected, _agents.ToDictionary(a => a.Key, a => a.Value.Snapshot()));
        }
    }

    private AgentCounters Agent(AgentKey key)
    {
        if (!_agents.TryGetValue(key, out AgentCounters? agent))
        {
            // Names of strangers are counted under one key, so that they cannot fill memory.
            key = _agents.Count < AgentsMax ? key : default;
            if (!_agents.TryGetValue(key, out agent))
            {
                agent = new AgentCounters();
                _agents.Add(key, agent);
            }
        }

        return agent;
    }

    /// <summary>Agents counted apart; far beyond what one hub serves.</summary>
    private const int AgentsMax = 10_000;

    private sealed class AgentCounters
    {
        public long Batches;
        public long Readings;
        public long Duplicates;
        public long Refused;
        public long Held;
        public long LagTicks;
        public long LastStoredTicks;
        public bool Forked;
        public readonly LeastDelay Delay = new();

        public AgentIngestStatistics Snapshot() => new(Batches, Readings, Duplicates, Refused, Held, LagTicks, LastStoredTicks, Forked) { LeastDelayTicks = Delay.Ticks };
    }
}
