using System.Globalization;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Influx;

/// <summary>What an assessment asks about many series or hours at once; the server does the sums.</summary>
internal sealed class InfluxOverview(InfluxHttp http, InfluxLosses losses)
{
    /// <summary>Status codes below this are good.</summary>
    private const long NotGoodFrom = 0x4000_0000;

    /// <summary>The number of an hour's account points, which are only ever added. Losses are worked out from all batches of their
    /// range, so once there is one, every new batch or declaration changes every hour.</summary>
    public async Task<IReadOnlyList<HourVersion>> ReadHourVersionsAsync(int fromHour, int toHour, CancellationToken cancellation)
    {
        var versions = new SortedDictionary<int, long>();
        string when = string.Create(CultureInfo.InvariantCulture, $"time >= {InfluxTime.OfHour(fromHour)} AND time < {InfluxTime.OfHour(toHour)}");
        await http.QueryAsync(
            $"SELECT count(\"due\") AS \"n\" FROM \"account\" WHERE {when} GROUP BY time(1h) fill(none)", InfluxSpace.Ledger,
            row => versions[UnixTicks.HourOf(InfluxTime.ToTicks(row.Time))] = row.Int64("n") ?? 0, cancellation);
        long discards = 0;
        await http.QueryAsync("SELECT count(\"first\") AS \"n\" FROM \"discard\"", InfluxSpace.Ledger, row => discards = row.Int64("n") ?? 0, cancellation);
        if (discards > 0)
        {
            long batches = 0;
            await http.QueryAsync("SELECT count(\"seq\") AS \"n\" FROM \"batch\"", InfluxSpace.Ledger, row => batches = row.Int64("n") ?? 0, cancellation);
            foreach (int hour in (await losses.ReadAsync("", cancellation)).SelectMany(l => l.Rows).Where(r => r.Due > 0).Select(r => r.Hour).Distinct())
            {
                if (hour >= fromHour && hour < toHour)
                {
                    versions.TryAdd(hour, 0);
                }
            }

            foreach (int hour in versions.Keys.ToArray())
            {
                versions[hour] += discards + batches;
            }
        }

        return [.. versions.Select(v => new HourVersion(v.Key, v.Value))];
    }

    public async Task<IReadOnlyList<SeriesHour>> ReadSeriesHoursAsync(string? site, NameTable names, int fromHour, int toHour, CancellationToken cancellation)
    {
        var hours = new List<SeriesHour>();
        string atSite = site is null ? "" : $" AND {InfluxQl.Is("site", site)}";
        foreach (string field in (string[])["value", "i"])
        {
            await http.QueryAsync(
                string.Create(CultureInfo.InvariantCulture, $"""
                    SELECT count("{field}") AS "n", min("{field}") AS "low", max("{field}") AS "high", sum("{field}") AS "total" FROM "reading"
                    WHERE time >= {InfluxTime.OfHour(fromHour)} AND time < {InfluxTime.OfHour(toHour)} AND "q" < {NotGoodFrom}{atSite}
                    GROUP BY time(1h), "site", "agent", "device", "tag" fill(none)
                    """),
                InfluxSpace.Raw,
                row =>
                {
                    if (row.Int64("n") is > 0 and { } count && names.Find(row.Tag("site"), row.Tag("agent"), row.Tag("device"), row.Tag("tag")) is { } series)
                    {
                        hours.Add(new SeriesHour(
                            series.Key, UnixTicks.HourOf(InfluxTime.ToTicks(row.Time)), (int)count,
                            row.Double("low") ?? double.NaN, row.Double("high") ?? double.NaN, row.Double("total") ?? 0));
                    }
                },
                cancellation);
        }

        return hours;
    }

    public async Task<IReadOnlyList<BatchTimes>> ReadBatchTimesAsync(AgentKey agent, Guid incarnation, SequenceStretches stretches, CancellationToken cancellation)
    {
        // A marker's time is its sequence, so a stretch of sequences is a stretch of time.
        var times = new List<BatchTimes>();
        await http.QueryAsync(
            string.Create(CultureInfo.InvariantCulture, $"""
                SELECT first("seq") AS "seq", first("created") AS "created", first("stored") AS "stored" FROM "batch"
                WHERE {InfluxQl.Of(agent, incarnation)} AND time >= {stretches.First} AND time <= {stretches.Last} GROUP BY time({stretches.Length}ns) fill(none)
                """),
            InfluxSpace.Ledger,
            row => times.Add(new BatchTimes(row.Int64("seq") ?? 0, row.Int64("created") ?? 0, InfluxTime.ToTicks(row.Int64("stored") ?? 0))),
            cancellation);
        return times;
    }
}
