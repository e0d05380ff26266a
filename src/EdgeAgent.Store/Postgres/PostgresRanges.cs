using EdgeAgent.Core.Model;
using Npgsql;

namespace EdgeAgent.Store.Postgres;

/// <summary>Readings of one series over a time, every one or by buckets that the server sums up.</summary>
internal sealed class PostgresRanges(PostgresQueries queries, string schema)
{
    public async Task<IReadOnlyList<RangePoint>> ReadAsync(int seriesId, long fromTicks, long toTicks, int pointsMax, CancellationToken cancellation)
    {
        (long fromMicros, short fromRest) = PostgresTime.Split(fromTicks);
        (long toMicros, short toRest) = PostgresTime.Split(toTicks);
        object[] window = [seriesId, fromMicros, fromRest, toMicros, toRest];
        IReadOnlyList<RangePoint> points = await queries.ListAsync(
            pointsMax <= 0 ? Distinct : $"{Distinct} LIMIT {pointsMax + 1L}", ReadSingle, cancellation, window);
        if (pointsMax <= 0 || points.Count <= pointsMax)
        {
            return points;
        }

        RangeBuckets buckets = RangeBuckets.Cut(fromTicks, toTicks, pointsMax);
        long start = buckets.StartOf(fromTicks);
        // One bucket may start between two microseconds; then nothing needs to be cut.
        long widthMicros = pointsMax == 1 ? 0 : buckets.WidthTicks / UnixTicks.PerMillisecond * 1000;
        (long originMicros, _) = PostgresTime.Split(start);
        return await queries.ListAsync(Bucketed, row => ReadBucket(row, start, buckets.WidthTicks), cancellation, [.. window, originMicros, widthMicros]);
    }

    // Instants go over the wire as microseconds since 2000, which is what PostgreSQL keeps; there is no loss and no time zone on the way.
    private const string Epoch = "TIMESTAMPTZ '2000-01-01 00:00:00+00'";

    /// <summary>One row for each instant; of two with the same source time the later stored.</summary>
    private string Distinct => $"""
        SELECT DISTINCT ON (time, rest) time, rest, quality, r.kind, value, exact, content FROM {schema}.readings r
        WHERE series_id = $1 AND time >= {Epoch} + $2 * INTERVAL '1 microsecond' AND time <= {Epoch} + $4 * INTERVAL '1 microsecond'
          AND (time, rest) >= ({Epoch} + $2 * INTERVAL '1 microsecond', $3) AND (time, rest) < ({Epoch} + $4 * INTERVAL '1 microsecond', $5)
        ORDER BY time, rest, batch_id DESC
        """;

    private string Bucketed => $"""
        WITH distinct_readings AS ({Distinct}),
          placed AS (SELECT *, CASE WHEN $7 = 0 THEN 0 ELSE ((EXTRACT(EPOCH FROM time - {Epoch}) * 1000000)::bigint - $6) / NULLIF($7, 0) END AS bucket FROM distinct_readings),
          marked AS (SELECT *, lead(bucket) OVER (ORDER BY time, rest) IS DISTINCT FROM bucket AS is_last,
            value IS NOT NULL AND quality >= 0 AND quality < 1073741824 AND value <> 'NaN' AS is_good FROM placed)
        SELECT bucket, count(*)::integer, max(quality::bigint & 4294967295), min(value) FILTER (WHERE is_good), max(value) FILTER (WHERE is_good), avg(value) FILTER (WHERE is_good),
          max(kind) FILTER (WHERE is_last), max(value) FILTER (WHERE is_last), max(exact) FILTER (WHERE is_last), (array_agg(content) FILTER (WHERE is_last))[1]
        FROM marked GROUP BY bucket ORDER BY bucket
        """;

    private static RangePoint ReadSingle(NpgsqlDataReader row)
    {
        Quality quality = ReadingRow.Quality(row, 0);
        double number = quality.IsGood && !row.IsDBNull(4) ? row.GetDouble(4) : double.NaN;
        return new RangePoint(ReadingRow.Ticks(row, 0), quality, ReadingRow.Value(row, 0), 1, number, number, number);
    }

    private static RangePoint ReadBucket(NpgsqlDataReader row, long start, long widthTicks)
    {
        double Number(int column) => row.IsDBNull(column) ? double.NaN : row.GetDouble(column);
        StoredValue last = ReadingRow.Value(row, 6, 7, 8, 9);
        return new RangePoint(start + (row.GetInt64(0) * widthTicks), new Quality((uint)row.GetInt64(2)), last, row.GetInt32(1), Number(3), Number(4), Number(5));
    }
}
