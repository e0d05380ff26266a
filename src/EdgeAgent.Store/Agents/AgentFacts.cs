using EdgeAgent.Store.Sqlite;

namespace EdgeAgent.Store.Agents;

/// <summary>What an agent says of itself and what its batches show, in a table beside its key. Not safe for concurrent use by itself.</summary>
internal sealed class AgentFacts(SqliteDatabase database)
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS agent_facts (
          site TEXT NOT NULL, agent TEXT NOT NULL, version TEXT NOT NULL, config_hash TEXT NOT NULL, clock_offset_ms INTEGER,
          PRIMARY KEY (site, agent)) WITHOUT ROWID;
        """;

    /// <summary>Longest text kept; anybody on the broker can send a birth.</summary>
    private const int TextMax = 64;

    public void Save(AgentKey agent, string version, string configHash) => database.Sql("""
        INSERT INTO agent_facts VALUES (?, ?, ?, ?, NULL) ON CONFLICT DO UPDATE SET version = excluded.version, config_hash = excluded.config_hash
        """).Bind(1, agent.Site).Bind(2, agent.Agent).Bind(3, Cut(version)).Bind(4, Cut(configHash)).Run();

    public void SaveClock(AgentKey agent, long offsetMs) => database.Sql("""
        INSERT INTO agent_facts VALUES (?, ?, '', '', ?) ON CONFLICT DO UPDATE SET clock_offset_ms = excluded.clock_offset_ms
        """).Bind(1, agent.Site).Bind(2, agent.Agent).Bind(3, offsetMs).Run();

    public EnrolledAgent AddTo(EnrolledAgent agent)
    {
        Statement row = database.Sql("SELECT version, config_hash, clock_offset_ms FROM agent_facts WHERE site = ? AND agent = ?")
            .Bind(1, agent.Agent.Site).Bind(2, agent.Agent.Agent);
        EnrolledAgent with = row.Step()
            ? agent with { Version = row.Text(0), ConfigHash = row.Text(1), ClockOffsetMs = row.IsNull(2) ? null : row.Int64(2) }
            : agent;
        row.Reset();
        return with;
    }

    private static string Cut(string text) => new([.. text.Where(c => !char.IsControl(c)).Take(TextMax)]);
}
