using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Postgres;

/// <summary>What an assessment asks about many devices, series or hours at once; the server does the sums.</summary>
internal sealed class PostgresOverview(PostgresQueries queries, string schema)
{
    private const int VisitBlockHours = 24;

    public async Task<IReadOnlyList<DeviceSource>> DevicesAsync(string? site, CancellationToken cancellation) => await queries.ListAsync(
        $"SELECT site, agent, name, asset, driver, address FROM {schema}.devices d JOIN {schema}.agents a ON a.id = agent_id WHERE $1::text IS NULL OR site = $1 ORDER BY d.id",
        row => new DeviceSource(new AgentKey(row.GetString(0), row.GetString(1)), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5)), cancellation, site);

    public async Task<bool> VisitAsync(string? site, int fromHour, int toHour, DeviceHourVisitor visitor, CancellationToken cancellation)
    {
        Dictionary<(AgentKey, string, string, string, string), DeviceSource> sources = [];
        for (long from = fromHour; from < toHour; from += VisitBlockHours)
        {
            foreach (DeviceHour row in await queries.DeviceHoursAsync(site, (int)from, (int)Math.Min(from + VisitBlockHours, toHour), cancellation))
            {
                var key = (row.Agent, row.Device, row.Asset, row.Driver, row.Address);
                if (!sources.TryGetValue(key, out DeviceSource? source))
                {
                    source = new DeviceSource(row.Agent, row.Device, row.Asset, row.Driver, row.Address);
                    sources.Add(key, source);
                }

                visitor(source, row.Account);
            }
        }

        return true;
    }

    /// <summary>A hash of the hour's rows, whatever columns they have, so that hubs that share the database need not keep count.</summary>
    public async Task<IReadOnlyList<HourVersion>> HourVersionsAsync(int fromHour, int toHour, CancellationToken cancellation) => await queries.ListAsync($"""
        SELECT hour, hashtextextended(string_agg(content, ';' ORDER BY content), 0) FROM (
          SELECT hour, h::text AS content FROM {schema}.device_hours h WHERE hour >= $1 AND hour < $2
          UNION ALL
          SELECT hour, 'lost' || l::text FROM {schema}.lost_hours l WHERE hour >= $1 AND hour < $2 AND due > 0) rows
        GROUP BY hour ORDER BY hour
        """,
        row => new HourVersion(row.GetInt32(0), row.GetInt64(1)), cancellation, fromHour, toHour);

    /// <summary>Status codes of good quality are 0 to 0x3FFFFFFF, so they are no negative integers either.</summary>
    public async Task<IReadOnlyList<SeriesHour>> SeriesHoursAsync(string? site, int fromHour, int toHour, CancellationToken cancellation) => await queries.ListAsync($"""
        SELECT site, agent, device, tag, hour, count(*)::integer, min(value), max(value), sum(value)
        FROM {schema}.series s JOIN {schema}.agents a ON a.id = agent_id
        CROSS JOIN LATERAL (
          SELECT floor(extract(epoch FROM time) / 3600)::integer AS hour, value FROM {schema}.readings r
          WHERE r.series_id = s.id AND time >= to_timestamp($2 * 3600.0) AND time < to_timestamp($3 * 3600.0)
            AND quality BETWEEN 0 AND 1073741823 AND value IS NOT NULL AND value <> 'NaN') r
        WHERE ($1::text IS NULL OR site = $1) AND s.kind IN ({(int)ValueKind.Int64}, {(int)ValueKind.UInt64}, {(int)ValueKind.Float32}, {(int)ValueKind.Float64})
        GROUP BY site, agent, device, tag, hour ORDER BY site, agent, device, tag, hour
        """,
        row => new SeriesHour(
            new SeriesKey(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3)), row.GetInt32(4), row.GetInt32(5), row.GetDouble(6), row.GetDouble(7), row.GetDouble(8)),
        cancellation, site, fromHour, toHour);

    public async Task<IReadOnlyList<BatchTimes>> BatchTimesAsync(AgentKey agent, Guid incarnation, SequenceStretches stretches, CancellationToken cancellation) =>
        await queries.ListAsync($"""
            SELECT DISTINCT ON (sequence / $6) sequence, created, received
            FROM {schema}.batches b JOIN {schema}.incarnations i ON i.id = incarnation_id JOIN {schema}.agents a ON a.id = agent_id
            WHERE site = $1 AND agent = $2 AND incarnation = $3 AND sequence >= $4 AND sequence <= $5 ORDER BY sequence / $6, sequence
            """,
            row => new BatchTimes(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), cancellation, agent.Site, agent.Agent, incarnation, stretches.First, stretches.Last, stretches.Length);
}
