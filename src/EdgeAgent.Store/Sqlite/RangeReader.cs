using EdgeAgent.Core.Model;
using EdgeAgent.Store.Sqlite.Chunks;

namespace EdgeAgent.Store.Sqlite;

/// <summary>Answers range queries from hourly parts and from the tail of batches not yet folded into them.</summary>
/// <remarks>Parts that overlap in time (late or repeated readings) are decoded and merged, the last to arrive winning; parts that
/// stand alone are answered from their summaries where a whole one falls into one bucket.</remarks>
internal sealed class RangeReader(ReaderPool.Reader reader, int seriesId, long fromTicks, long toTicks)
{
    private readonly ReadingBatch _tail = new();

    /// <summary>Call inside a read transaction, so that no reading is seen in the tail and in a part, or in neither.</summary>
    public List<RangePoint> Read(long foldedUpTo, int pointsMax)
    {
        List<Stretch> stretches = FindStretches(foldedUpTo);
        var points = new List<RangePoint>();
        long count = stretches.Sum(s => (long)s.Count);
        if (pointsMax <= 0 || count <= pointsMax)
        {
            foreach (Stretch stretch in stretches)
            {
                Load(stretch);
                foreach (int index in stretch.Order)
                {
                    AddReading(points, stretch.Readings!, stretch.Readings!.Readings[index]);
                }

                stretch.Unload();
            }

            return points;
        }

        var buckets = new BucketWriter(RangeBuckets.Cut(fromTicks, toTicks, pointsMax), points);
        foreach (Stretch stretch in stretches)
        {
            if (stretch.Readings is null && buckets.TryAdd(stretch.Parts[0].Summary))
            {
                continue;
            }

            Load(stretch);
            buckets.Add(stretch.Readings!, stretch.Order);
            stretch.Unload();
        }

        buckets.Flush();
        return points;
    }

    private static void AddReading(List<RangePoint> points, ReadingBatch batch, in Reading reading)
    {
        var summary = default(ReadingSummary);
        summary.Add(reading);
        summary.EndWith(batch, reading);
        points.Add(summary.ToPoint(reading.SourceTicks));
    }

    /// <summary>Disjoint stretches in ascending time, each with its exact count within the range.</summary>
    private List<Stretch> FindStretches(long foldedUpTo)
    {
        List<ChunkPart> parts = ChunkPart.Find(reader.Database, seriesId, UnixTicks.HourOf(fromTicks), UnixTicks.HourOf(toTicks - 1));
        parts.RemoveAll(p => p.Summary.Last < fromTicks || p.Summary.First >= toTicks);
        var pieces = parts.ConvertAll(p => (p.Summary.First, p.Summary.Last, Part: (ChunkPart?)p));
        if (ReadTail(foldedUpTo) is { } tail)
        {
            pieces.Add((tail.First, tail.Last, null));
        }

        pieces.Sort((a, b) => a.First.CompareTo(b.First));
        var stretches = new List<Stretch>();
        Stretch? open = null;
        foreach (var (first, last, part) in pieces)
        {
            if (open is null || first > open.Last)
            {
                open = new Stretch();
                stretches.Add(open);
            }

            open.Take(last, part);
        }

        foreach (Stretch stretch in stretches)
        {
            bool whole = stretch.Parts.Count == 1 && !stretch.HasTail
                && stretch.Parts[0].Summary.First >= fromTicks && stretch.Parts[0].Summary.Last < toTicks;
            if (whole)
            {
                stretch.Count = stretch.Parts[0].Summary.Count;
            }
            else
            {
                Load(stretch);
            }
        }

        return stretches;
    }

    private (long First, long Last)? ReadTail(long foldedUpTo)
    {
        long first = long.MaxValue, last = long.MinValue;
        reader.Tail.Visit(reader.Database, reader.Catalogue, foldedUpTo, long.MaxValue, fromTicks, toTicks, (batch, map, _) =>
        {
            foreach (ref readonly Reading reading in batch.Readings.Readings)
            {
                if (map.SeriesIds[reading.TagId] == seriesId && reading.SourceTicks >= fromTicks && reading.SourceTicks < toTicks)
                {
                    _tail.AddFrom(batch.Readings, reading);
                    first = Math.Min(first, reading.SourceTicks);
                    last = Math.Max(last, reading.SourceTicks);
                }
            }
        });
        return _tail.Count == 0 ? null : (first, last);
    }

    private void Load(Stretch stretch)
    {
        if (stretch.Readings is not null)
        {
            return;
        }

        var readings = new ReadingBatch();
        foreach (ChunkPart part in stretch.Parts.OrderBy(p => p.Hour).ThenBy(p => p.Part))
        {
            part.Load(reader.Database, reader.Codec, seriesId, readings);
        }

        if (stretch.HasTail)
        {
            foreach (ref readonly Reading reading in _tail.Readings)
            {
                readings.AddFrom(_tail, reading);
            }
        }

        stretch.Fill(readings, fromTicks, toTicks);
    }

    /// <summary>Parts that overlap each other, and the tail when it overlaps them.</summary>
    private sealed class Stretch
    {
        public long Last { get; private set; } = long.MinValue;

        public List<ChunkPart> Parts { get; } = [];

        public bool HasTail { get; private set; }

        public int Count { get; set; }

        public ReadingBatch? Readings { get; private set; }

        public int[] Order { get; private set; } = [];

        public void Take(long last, ChunkPart? part)
        {
            Last = Math.Max(Last, last);
            if (part is null)
            {
                HasTail = true;
            }
            else
            {
                Parts.Add(part);
            }
        }

        public void Fill(ReadingBatch readings, long fromTicks, long toTicks)
        {
            int[] order = new int[readings.Count];
            ReadingOrder.Identity(order);
            int count = ReadingOrder.SortByTime(readings.Readings, order);
            int kept = 0;
            for (int i = 0; i < count; i++)
            {
                long ticks = readings.Readings[order[i]].SourceTicks;
                if (ticks >= fromTicks && ticks < toTicks)
                {
                    order[kept++] = order[i];
                }
            }

            Readings = readings;
            Order = order[..kept];
            Count = kept;
        }

        public void Unload()
        {
            Readings = null;
            Order = [];
        }
    }
}
