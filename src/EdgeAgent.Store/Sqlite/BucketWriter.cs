using EdgeAgent.Core.Model;
using EdgeAgent.Store.Sqlite.Chunks;

namespace EdgeAgent.Store.Sqlite;

/// <summary>Sums ascending readings and summaries into buckets, one open at a time.</summary>
internal sealed class BucketWriter(RangeBuckets buckets, List<RangePoint> points)
{
    private ReadingSummary _sum;
    private long _start;

    /// <summary>Adds a summary whole; false when it lies across a boundary and its readings must be added instead.</summary>
    public bool TryAdd(in ReadingSummary summary)
    {
        long start = buckets.StartOf(summary.First);
        if (buckets.StartOf(summary.Last) != start)
        {
            return false;
        }

        MoveTo(start);
        _sum.Add(summary);
        return true;
    }

    public void Add(ReadingBatch batch, ReadOnlySpan<int> order)
    {
        ReadOnlySpan<Reading> readings = batch.Readings;
        for (int i = 0; i < order.Length; i++)
        {
            ref readonly Reading reading = ref readings[order[i]];
            if (_sum.Count == 0 || reading.SourceTicks - _start >= buckets.WidthTicks)
            {
                MoveTo(buckets.StartOf(reading.SourceTicks));
            }

            _sum.Add(reading);
            bool endsBucket = i + 1 == order.Length || readings[order[i + 1]].SourceTicks - _start >= buckets.WidthTicks;
            if (endsBucket)
            {
                _sum.EndWith(batch, reading);
            }
        }
    }

    public void Flush()
    {
        if (_sum.Count > 0)
        {
            points.Add(_sum.ToPoint(_start));
            _sum = default;
        }
    }

    private void MoveTo(long start)
    {
        if (_sum.Count > 0 && start != _start)
        {
            Flush();
        }

        _start = start;
    }
}
