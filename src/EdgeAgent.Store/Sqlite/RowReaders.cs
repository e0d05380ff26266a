using System.Text.Json;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Sqlite;

/// <summary>The plain lists that the store gives out.</summary>
internal static class RowReaders
{
    public static List<AgentKey> Agents(SqliteDatabase database)
    {
        var agents = new List<AgentKey>();
        Statement rows = database.Sql("SELECT site, agent FROM agents ORDER BY site, agent");
        while (rows.Step())
        {
            agents.Add(new AgentKey(rows.Text(0), rows.Text(1)));
        }

        return agents;
    }

    public static List<(int Id, SeriesInfo Info)> Series(SqliteDatabase database, string? site)
    {
        var series = new List<(int, SeriesInfo)>();
        Statement rows = database.Sql("""
            SELECT series.id, site, agent, device, tag, kind, unit, interval_ms, decimals
            FROM series JOIN agents ON agents.id = agent_id WHERE ?1 IS NULL OR site = ?1 ORDER BY site, agent, device, tag
            """);
        BindSite(rows, site);
        while (rows.Step())
        {
            var key = new SeriesKey(rows.Text(1), rows.Text(2), rows.Text(3), rows.Text(4));
            series.Add((rows.Int32(0), new SeriesInfo(key, (ValueKind)rows.Int32(5), rows.Text(6), rows.Int32(7), rows.Int32(8))));
        }

        return series;
    }

    public static int? SeriesId(SqliteDatabase database, SeriesKey key)
    {
        Statement row = database.Sql("SELECT series.id FROM series JOIN agents ON agents.id = agent_id WHERE site = ? AND agent = ? AND device = ? AND tag = ?")
            .Bind(1, key.Site).Bind(2, key.Agent).Bind(3, key.Device).Bind(4, key.Tag);
        int? id = row.Step() ? row.Int32(0) : null;
        row.Reset();
        return id;
    }

    public static List<Guid> Incarnations(SqliteDatabase database, AgentKey agent)
    {
        var incarnations = new List<Guid>();
        Statement rows = database.Sql("SELECT incarnation FROM incarnations JOIN agents ON agents.id = agent_id WHERE site = ? AND agent = ? ORDER BY incarnations.id")
            .Bind(1, agent.Site).Bind(2, agent.Agent);
        while (rows.Step())
        {
            incarnations.Add(new Guid(rows.Blob(0), bigEndian: true));
        }

        return incarnations;
    }

    public static SequenceRecord Sequences(SqliteDatabase database, AgentKey agent, Guid incarnation)
    {
        Statement row = database.Sql("SELECT incarnations.id FROM incarnations JOIN agents ON agents.id = agent_id WHERE site = ? AND agent = ? AND incarnation = ?")
            .Bind(1, agent.Site).Bind(2, agent.Agent).Bind(3, incarnation.ToByteArray(bigEndian: true));
        long? id = row.Step() ? row.Int64(0) : null;
        row.Reset();
        return id is { } found ? IncarnationState.Load(database, found).ToRecord() : SequenceRecord.Empty;
    }

    /// <summary>A column of one stored batch, copied out.</summary>
    public static byte[]? BatchBlob(SqliteDatabase database, string column, AgentKey agent, Guid incarnation, long sequence)
    {
        Statement row = database.Sql($"""
            SELECT {column} FROM batches JOIN incarnations ON incarnations.id = incarnation_id JOIN agents ON agents.id = agent_id
            WHERE site = ? AND agent = ? AND incarnation = ? AND sequence = ?
            """).Bind(1, agent.Site).Bind(2, agent.Agent).Bind(3, incarnation.ToByteArray(bigEndian: true)).Bind(4, sequence);
        byte[]? blob = row.Step() ? row.Blob(0).ToArray() : null;
        row.Reset();
        return blob;
    }

    /// <summary>The first committed batch of each stretch of sequences.</summary>
    public static List<BatchTimes> BatchTimes(SqliteDatabase database, AgentKey agent, Guid incarnation, SequenceStretches stretches)
    {
        var times = new List<BatchTimes>();
        Statement key = database.Sql("SELECT incarnations.id FROM incarnations JOIN agents ON agents.id = agent_id WHERE site = ? AND agent = ? AND incarnation = ?")
            .Bind(1, agent.Site).Bind(2, agent.Agent).Bind(3, incarnation.ToByteArray(bigEndian: true));
        long? id = key.Step() ? key.Int64(0) : null;
        key.Reset();
        foreach (SequenceRange stretch in id is null ? [] : stretches.Ranges)
        {
            Statement row = database.Sql("SELECT sequence, created, received FROM batches WHERE incarnation_id = ? AND sequence BETWEEN ? AND ? ORDER BY sequence LIMIT 1")
                .Bind(1, id!.Value).Bind(2, stretch.First).Bind(3, stretch.Last);
            if (row.Step())
            {
                times.Add(new BatchTimes(row.Int64(0), row.Int64(1), row.Int64(2)));
            }

            row.Reset();
        }

        return times;
    }

    public static List<DiscardRecord> Discards(SqliteDatabase database, AgentKey agent)
    {
        var discards = new List<DiscardRecord>();
        Statement rows = database.Sql("""
            SELECT incarnation, declared_in, first, last, reason, d.readings, first_ticks, last_ticks, accounts
            FROM discards d JOIN incarnations ON incarnations.id = incarnation_id JOIN agents ON agents.id = agent_id
            WHERE site = ? AND agent = ? ORDER BY d.id
            """).Bind(1, agent.Site).Bind(2, agent.Agent);
        while (rows.Step())
        {
            DiscardedAccount[] accounts = JsonSerializer.Deserialize(rows.Blob(8), StoreJson.Default.DiscardedAccountArray) ?? [];
            discards.Add(new DiscardRecord(new Guid(rows.Blob(0), bigEndian: true), rows.Int64(1),
                new DiscardedRange(rows.Int64(2), rows.Int64(3), rows.Text(4), rows.Int64(5), rows.Int64(6), rows.Int64(7), accounts)));
        }

        return discards;
    }

    public static StoreTotals Totals(SqliteDatabase database, AgentKey? agent)
    {
        Statement row = database.Sql("""
            SELECT sum(batches), sum(readings), sum(duplicates), sum(discarded),
              sum(due), sum(good), sum(bad), sum(missed), sum(missed_down), sum(filtered), sum(dropped), sum(buffered), sum(changed), sum(beyond), sum(filled)
            FROM agents WHERE ?1 IS NULL OR (site = ?1 AND agent = ?2)
            """);
        BindSite(row, agent?.Site);
        _ = agent is { } key ? row.Bind(2, key.Agent) : row.BindNull(2);
        row.Step();
        var accounts = new ScanAccount(0, 0, Provenance.Live, row.Int64(4), row.Int64(5), row.Int64(6), row.Int64(7), row.Int64(8),
            row.Int64(9), row.Int64(10), row.Int64(11), row.Int64(12), row.Int64(13), row.Int64(14));
        var totals = new StoreTotals(row.Int64(0), row.Int64(1), row.Int64(2), row.Int64(3), accounts);
        row.Reset();
        return totals;
    }

    private static void BindSite(Statement statement, string? site) => _ = site is null ? statement.BindNull(1) : statement.Bind(1, site);
}
