using System.Globalization;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Influx;

/// <summary>Answers range queries. Floats and integers are down-sampled by the server; other kinds, of which there are few, here.</summary>
internal sealed class InfluxRanges(InfluxHttp http)
{
    /// <summary>Status codes below this are good.</summary>
    private const long NotGoodFrom = 0x4000_0000;

    public async Task<IReadOnlyList<RangePoint>> ReadAsync(
        SeriesKey series, ValueKind kind, long fromTicks, long toTicks, int pointsMax, CancellationToken cancellation)
    {
        string where = string.Create(CultureInfo.InvariantCulture,
            $"{InfluxQl.Of(series)} AND time >= {InfluxTime.Nearest(fromTicks)} AND time < {InfluxTime.Nearest(toTicks)}");
        if (pointsMax > 0)
        {
            long count = 0;
            await http.QueryAsync($"SELECT count(\"q\") FROM \"reading\" WHERE {where}", InfluxSpace.Raw, row => count = row.Int64("count") ?? 0, cancellation);
            if (count > pointsMax)
            {
                RangeBuckets buckets = RangeBuckets.Cut(fromTicks, toTicks, pointsMax);
                return kind is ValueKind.Float32 or ValueKind.Float64 or ValueKind.Int64
                    ? await ReadBucketsAsync(where, kind, buckets, cancellation)
                    : await SumHereAsync(where, kind, buckets, cancellation);
            }
        }

        var points = new List<RangePoint>();
        await http.QueryAsync($"SELECT {ReadingDecoder.Fields} FROM \"reading\" WHERE {where}", InfluxSpace.Raw, row =>
        {
            var bucket = default(Bucket);
            bucket.Add(row, kind);
            points.Add(bucket.ToPoint(InfluxTime.ToTicks(row.Time)));
        }, cancellation);
        return points;
    }

    private async Task<IReadOnlyList<RangePoint>> ReadBucketsAsync(string where, ValueKind kind, RangeBuckets buckets, CancellationToken cancellation)
    {
        string field = kind == ValueKind.Int64 ? "i" : "value";
        string groups = string.Create(CultureInfo.InvariantCulture,
            $"GROUP BY time({buckets.WidthTicks * 100}ns, {buckets.OriginTicks % buckets.WidthTicks * 100}ns) fill(none)");
        var sums = new SortedDictionary<long, Bucket>();
        await http.QueryAsync(
            $"SELECT count(\"q\") AS \"n\", max(\"q\") AS \"worst\", last(\"{field}\") AS \"{field}\" FROM \"reading\" WHERE {where} {groups}", InfluxSpace.Raw,
            row => sums[row.Time] = new Bucket
            {
                Count = (int)(row.Int64("n") ?? 0),
                Worst = (uint)(row.Int64("worst") ?? 0),
                Last = ReadingDecoder.ValueOf(row, kind),
            },
            cancellation);
        await http.QueryAsync(
            $"SELECT count(\"{field}\") AS \"n\", min(\"{field}\") AS \"low\", max(\"{field}\") AS \"high\", sum(\"{field}\") AS \"total\" FROM \"reading\" WHERE {where} AND \"q\" < {NotGoodFrom} {groups}",
            InfluxSpace.Raw,
            row =>
            {
                if (sums.TryGetValue(row.Time, out Bucket bucket))
                {
                    bucket.Numbers = (int)(row.Int64("n") ?? 0);
                    bucket.Min = row.Double("low") ?? double.NaN;
                    bucket.Max = row.Double("high") ?? double.NaN;
                    bucket.Sum = row.Double("total") ?? 0;
                    sums[row.Time] = bucket;
                }
            },
            cancellation);
        return [.. sums.Where(s => s.Value.Count > 0).Select(s => s.Value.ToPoint(InfluxTime.ToTicks(s.Key)))];
    }

    private async Task<IReadOnlyList<RangePoint>> SumHereAsync(string where, ValueKind kind, RangeBuckets buckets, CancellationToken cancellation)
    {
        var sums = new SortedDictionary<long, Bucket>();
        await http.QueryAsync($"SELECT {ReadingDecoder.Fields} FROM \"reading\" WHERE {where}", InfluxSpace.Raw, row =>
        {
            long start = buckets.StartOf(InfluxTime.ToTicks(row.Time));
            Bucket bucket = sums.GetValueOrDefault(start);
            bucket.Add(row, kind);
            sums[start] = bucket;
        }, cancellation);
        return [.. sums.Select(s => s.Value.ToPoint(s.Key))];
    }

    private struct Bucket
    {
        public int Count;
        public int Numbers;
        public uint Worst;
        public double Min;
        public double Max;
        public double Sum;
        public StoredValue Last;

        public void Add(InfluxRow row, ValueKind kind)
        {
            Count++;
            Quality quality = ReadingDecoder.QualityOf(row);
            Worst = Math.Max(Worst, quality.Code);
            Last = ReadingDecoder.ValueOf(row, kind);
            double number = quality.IsGood ? ReadingDecoder.NumberOf(Last) : double.NaN;
            if (!double.IsNaN(number))
            {
                Min = Numbers == 0 ? number : Math.Min(Min, number);
                Max = Numbers == 0 ? number : Math.Max(Max, number);
                Sum += number;
                Numbers++;
            }
        }

        public readonly RangePoint ToPoint(long ticks) => Numbers > 0
            ? new RangePoint(ticks, new Quality(Worst), Last, Count, Min, Max, Sum / Numbers)
            : new RangePoint(ticks, new Quality(Worst), Last, Count, double.NaN, double.NaN, double.NaN);
    }
}
