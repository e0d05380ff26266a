using System.Text.Json;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using Npgsql;

namespace EdgeAgent.Store.Postgres;

/// <summary>The plain lists that the store gives out.</summary>
internal sealed class PostgresQueries(NpgsqlDataSource source, string schema)
{
    public static PlantDefinition ReadDefinition(byte[] content) =>
        DefinitionCodec.TryDecode(content, BatchLimits.Default, out PlantDefinition? definition) == BatchReadStatus.Ok && definition is not null
            ? definition
            : throw new StoreDamagedException("A definition in the store cannot be read.");

    public async Task<PlantDefinition?> FindDefinitionAsync(AgentKey agent, ReadOnlyMemory<byte> hash, CancellationToken cancellation) =>
        await ScalarAsync(
            $"SELECT content FROM {schema}.definitions JOIN {schema}.agents a ON a.id = agent_id WHERE site = $1 AND agent = $2 AND hash = $3",
            cancellation, agent.Site, agent.Agent, hash.ToArray()) is byte[] content ? ReadDefinition(content) : null;

    public async Task<SequenceRecord> SequencesAsync(AgentKey agent, Guid incarnation, CancellationToken cancellation)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellation);
        await using NpgsqlCommand command = PostgresCatalogue.Command(connection,
            $"SELECT i.id FROM {schema}.incarnations i JOIN {schema}.agents a ON a.id = agent_id WHERE site = $1 AND agent = $2 AND incarnation = $3",
            agent.Site, agent.Agent, incarnation);
        return await command.ExecuteScalarAsync(cancellation) is int id
            ? (await PostgresSequences.LoadAsync(connection, schema, id, cancellation)).ToRecord()
            : SequenceRecord.Empty;
    }

    public async Task<IReadOnlyList<Guid>> IncarnationsAsync(AgentKey agent, CancellationToken cancellation) =>
        await ListAsync($"SELECT incarnation FROM {schema}.incarnations i JOIN {schema}.agents a ON a.id = agent_id WHERE site = $1 AND agent = $2 ORDER BY i.id",
            row => row.GetGuid(0), cancellation, agent.Site, agent.Agent);

    /// <summary>A column of one stored batch.</summary>
    public async Task<byte[]?> BatchColumnAsync(string column, AgentKey agent, Guid incarnation, long sequence, CancellationToken cancellation) =>
        await ScalarAsync($"""
            SELECT {column} FROM {schema}.batches b JOIN {schema}.incarnations i ON i.id = incarnation_id JOIN {schema}.agents a ON a.id = agent_id
            WHERE site = $1 AND agent = $2 AND incarnation = $3 AND sequence = $4
            """, cancellation, agent.Site, agent.Agent, incarnation, sequence) as byte[];

    public async Task<IReadOnlyList<AgentKey>> AgentsAsync(CancellationToken cancellation) =>
        await ListAsync($"SELECT site, agent FROM {schema}.agents ORDER BY site, agent", row => new AgentKey(row.GetString(0), row.GetString(1)), cancellation);

    public async Task<IReadOnlyList<SeriesInfo>> SeriesAsync(string? site, CancellationToken cancellation) =>
        await ListAsync($"""
            SELECT site, agent, device, tag, kind, unit, interval_ms, decimals FROM {schema}.series s JOIN {schema}.agents a ON a.id = agent_id
            WHERE $1::text IS NULL OR site = $1 ORDER BY site, agent, device, tag
            """,
            row => new SeriesInfo(Key(row, 0), (ValueKind)row.GetInt16(4), row.GetString(5), row.GetInt32(6), row.GetInt32(7)), cancellation, site);

    public async Task<IReadOnlyList<SeriesPoint>> LastAsync(string? site, CancellationToken cancellation) =>
        await ListAsync($"""
            SELECT site, agent, device, tag, {ReadingRow.Columns}, provenance
            FROM {schema}.series s JOIN {schema}.agents a ON a.id = agent_id
            CROSS JOIN LATERAL (SELECT * FROM {schema}.readings WHERE series_id = s.id ORDER BY time DESC, rest DESC, batch_id DESC LIMIT 1) r
            WHERE $1::text IS NULL OR site = $1
            """,
            row => new SeriesPoint(Key(row, 0), ReadingRow.Ticks(row, 4), ReadingRow.Quality(row, 4), ReadingRow.Value(row, 4), (Provenance)row.GetInt16(11)), cancellation, site);

    public async Task<int?> SeriesIdAsync(SeriesKey series, CancellationToken cancellation) =>
        await ScalarAsync($"SELECT s.id FROM {schema}.series s JOIN {schema}.agents a ON a.id = agent_id WHERE site = $1 AND agent = $2 AND device = $3 AND tag = $4",
            cancellation, series.Site, series.Agent, series.Device, series.Tag) as int?;

    public async Task<IReadOnlyList<DeviceHour>> DeviceHoursAsync(string? site, int fromHour, int toHour, CancellationToken cancellation) =>
        await ListAsync($"""
            SELECT site, agent, name, asset, driver, address, hour, provenance, sum(due)::bigint, sum(good)::bigint, sum(bad)::bigint, sum(missed)::bigint, sum(missed_down)::bigint,
              sum(filtered)::bigint, sum(dropped)::bigint, sum(buffered)::bigint, sum(changed)::bigint, sum(beyond)::bigint, sum(filled)::bigint
            FROM (
              SELECT hour, device_id, provenance, due, good, bad, missed, missed_down, filtered, dropped, buffered, changed, beyond, filled FROM {schema}.device_hours WHERE hour >= $2 AND hour < $3
              UNION ALL
              SELECT hour, device_id, provenance, due, 0, 0, due, 0, 0, 0, 0, 0, 0, 0 FROM {schema}.lost_hours WHERE hour >= $2 AND hour < $3) h
            JOIN {schema}.devices d ON d.id = device_id JOIN {schema}.agents a ON a.id = agent_id
            WHERE $1::text IS NULL OR site = $1
            GROUP BY site, agent, name, asset, driver, address, hour, provenance ORDER BY hour, site, agent, name
            """,
            row => new DeviceHour(new AgentKey(row.GetString(0), row.GetString(1)), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5),
                Account(row, row.GetInt32(6), (Provenance)row.GetInt16(7), 8)),
            cancellation, site, fromHour, toHour);

    public async Task<IReadOnlyList<DiscardRecord>> DiscardsAsync(AgentKey agent, CancellationToken cancellation) =>
        await ListAsync($"""
            SELECT incarnation, declared_in, first, last, reason, d.readings, first_ticks, last_ticks, accounts
            FROM {schema}.discards d JOIN {schema}.incarnations i ON i.id = incarnation_id JOIN {schema}.agents a ON a.id = agent_id
            WHERE site = $1 AND agent = $2 ORDER BY d.id
            """,
            row => new DiscardRecord(row.GetGuid(0), row.GetInt64(1), new DiscardedRange(row.GetInt64(2), row.GetInt64(3), row.GetString(4), row.GetInt64(5),
                row.GetInt64(6), row.GetInt64(7), JsonSerializer.Deserialize(row.GetFieldValue<byte[]>(8), StoreJson.Default.DiscardedAccountArray) ?? [])),
            cancellation, agent.Site, agent.Agent);

    public async Task<StoreTotals> TotalsAsync(AgentKey? agent, CancellationToken cancellation)
    {
        // Three sums of their own, because a join would count rows of one in the others.
        const string Of = "($1::text IS NULL OR (site = $1 AND agent = $2))";
        IReadOnlyList<StoreTotals> totals = await ListAsync($"""
            WITH chosen AS (SELECT * FROM {schema}.agents WHERE {Of}),
              kept AS (SELECT h.* FROM {schema}.device_hours h JOIN {schema}.devices d ON d.id = device_id JOIN chosen c ON c.id = d.agent_id),
              lost AS (SELECT sum(l.due) AS due FROM {schema}.lost_hours l JOIN {schema}.incarnations i ON i.id = incarnation_id JOIN chosen c ON c.id = i.agent_id)
            SELECT COALESCE((SELECT sum(batches) FROM chosen), 0)::bigint, COALESCE((SELECT sum(readings) FROM chosen), 0)::bigint, COALESCE((SELECT sum(duplicates) FROM chosen), 0)::bigint,
              COALESCE((SELECT sum(lost_readings) FROM {schema}.incarnations i JOIN chosen c ON c.id = i.agent_id), 0)::bigint,
              (COALESCE(sum(due), 0) + COALESCE((SELECT due FROM lost), 0))::bigint, COALESCE(sum(good), 0)::bigint, COALESCE(sum(bad), 0)::bigint,
              (COALESCE(sum(missed), 0) + COALESCE((SELECT due FROM lost), 0))::bigint, COALESCE(sum(missed_down), 0)::bigint, COALESCE(sum(filtered), 0)::bigint,
              COALESCE(sum(dropped), 0)::bigint, COALESCE(sum(buffered), 0)::bigint, COALESCE(sum(changed), 0)::bigint,
              COALESCE(sum(beyond), 0)::bigint, COALESCE(sum(filled), 0)::bigint
            FROM kept
            """,
            row => new StoreTotals(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), Account(row, 0, Provenance.Live, 4)),
            cancellation, agent?.Site, agent?.Agent);
        return totals[0];
    }

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params object?[] values)
    {
        var list = new List<T>();
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellation);
        await using NpgsqlCommand command = PostgresCatalogue.Command(connection, sql, [.. values.Select(v => v ?? DBNull.Value)]);
        await using NpgsqlDataReader rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            list.Add(read(rows));
        }

        return list;
    }

    private async Task<object?> ScalarAsync(string sql, CancellationToken cancellation, params object[] values)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellation);
        await using NpgsqlCommand command = PostgresCatalogue.Command(connection, sql, values);
        return await command.ExecuteScalarAsync(cancellation) is { } value and not DBNull ? value : null;
    }

    private static SeriesKey Key(NpgsqlDataReader row, int first) =>
        new(row.GetString(first), row.GetString(first + 1), row.GetString(first + 2), row.GetString(first + 3));

    private static ScanAccount Account(NpgsqlDataReader row, int hour, Provenance provenance, int first) => new(
        0, hour, provenance, row.GetInt64(first), row.GetInt64(first + 1), row.GetInt64(first + 2), row.GetInt64(first + 3), row.GetInt64(first + 4),
        row.GetInt64(first + 5), row.GetInt64(first + 6), row.GetInt64(first + 7), row.GetInt64(first + 8),
        row.GetInt64(first + 9), row.GetInt64(first + 10));
}
