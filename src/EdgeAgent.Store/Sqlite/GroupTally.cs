using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Sqlite;

/// <summary>Sums what one group of batches adds to the accounts and totals, so that each row is written once a group.</summary>
internal sealed class GroupTally
{
    private readonly Dictionary<(int DeviceId, int Hour, Provenance Provenance), ScanAccount> _hours = [];
    private readonly Dictionary<long, AgentTally> _agents = [];

    public void Clear()
    {
        _hours.Clear();
        _agents.Clear();
    }

    public void AddBatch(long agentId, StoredBatch batch, DefinitionMap map)
    {
        AgentTally agent = Agent(agentId);
        agent.Batches++;
        agent.Readings += batch.Readings.Count;
        foreach (ScanAccount account in batch.Accounts)
        {
            Add(agent, map.DeviceIds[account.DeviceId], account);
        }
    }

    /// <summary>Adds readings of which there is no evidence: due and missed. Less than zero takes back.</summary>
    public void AddMissed(long agentId, int deviceId, int hour, Provenance provenance, long due) =>
        Add(Agent(agentId), deviceId, new ScanAccount(0, hour, provenance, due, 0, 0, due, 0, 0, 0, 0, 0));

    public void AddDiscarded(long agentId, long readings) => Agent(agentId).Discarded += readings;

    public void AddDuplicate(long agentId) => Agent(agentId).Duplicates++;

    public void Save(SqliteDatabase database)
    {
        Statement hour = database.Sql("""
            INSERT INTO device_hours VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET due = due + excluded.due, good = good + excluded.good, bad = bad + excluded.bad, missed = missed + excluded.missed,
              missed_down = missed_down + excluded.missed_down, filtered = filtered + excluded.filtered, dropped = dropped + excluded.dropped,
              buffered = buffered + excluded.buffered, changed = changed + excluded.changed,
              beyond = beyond + excluded.beyond, filled = filled + excluded.filled
            """);
        foreach (var ((deviceId, hourNumber, provenance), account) in _hours)
        {
            BindCounts(hour.Bind(1, hourNumber).Bind(2, deviceId).Bind(3, (long)provenance), 4, account).Run();
        }

        Statement version = database.Sql("INSERT INTO hour_versions VALUES (?, 1) ON CONFLICT DO UPDATE SET version = version + 1");
        foreach (int changed in _hours.Keys.Select(key => key.Hour).Distinct())
        {
            version.Bind(1, changed).Run();
        }

        Statement total = database.Sql("""
            UPDATE agents SET batches = batches + ?2, readings = readings + ?3, duplicates = duplicates + ?4, discarded = discarded + ?5,
              due = due + ?6, good = good + ?7, bad = bad + ?8, missed = missed + ?9, missed_down = missed_down + ?10, filtered = filtered + ?11,
              dropped = dropped + ?12, buffered = buffered + ?13, changed = changed + ?14,
              beyond = beyond + ?15, filled = filled + ?16 WHERE id = ?1
            """);
        foreach ((long id, AgentTally agent) in _agents)
        {
            BindCounts(total.Bind(1, id).Bind(2, agent.Batches).Bind(3, agent.Readings).Bind(4, agent.Duplicates).Bind(5, agent.Discarded), 6, agent.Accounts).Run();
        }
    }

    private static Statement BindCounts(Statement statement, int first, in ScanAccount a) => statement
        .Bind(first, a.Due).Bind(first + 1, a.Good).Bind(first + 2, a.Bad).Bind(first + 3, a.Missed).Bind(first + 4, a.MissedWhileDown)
        .Bind(first + 5, a.Filtered).Bind(first + 6, a.Dropped).Bind(first + 7, a.Buffered).Bind(first + 8, a.Changed)
        .Bind(first + 9, a.Beyond).Bind(first + 10, a.Filled);

    private void Add(AgentTally agent, int deviceRow, in ScanAccount account)
    {
        agent.Accounts = agent.Accounts.Plus(account);
        var key = (deviceRow, account.Hour, account.Provenance);
        _hours[key] = _hours.TryGetValue(key, out ScanAccount sum) ? sum.Plus(account) : account;
    }

    private AgentTally Agent(long id)
    {
        if (!_agents.TryGetValue(id, out AgentTally? agent))
        {
            agent = new AgentTally();
            _agents.Add(id, agent);
        }

        return agent;
    }

    private sealed class AgentTally
    {
        public long Batches;
        public long Readings;
        public long Duplicates;
        public long Discarded;
        public ScanAccount Accounts;
    }
}
