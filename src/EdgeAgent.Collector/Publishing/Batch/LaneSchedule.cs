using EdgeAgent.Collector.Publishing.Following;
using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Collector.Buffer;

namespace EdgeAgent.Collector.Publishing.Batch;

/// <summary>Which batch goes next. Without a rate limit everything goes in order; with one, new batches go at once and the backlog
/// of an outage follows at the limited rate, so that a thin link still shows what is now.</summary>
internal sealed class LaneSchedule(BatchBuffer buffer, string cursor, HubPublisherOptions options, RateLimit rate)
{
    private readonly BatchLane _live = new(buffer, cursor, options.ReadBatchesMax, options.ReadBytesMax);
    private readonly BatchLane _backlog = new(buffer, cursor, options.ReadBatchesMax, options.ReadBytesMax);

    /// <summary>Nothing is left to send but what is appended from now on.</summary>
    public bool IsAtEnd => _backlog.IsDone && _live.Position >= buffer.NextSequence - 1;

    /// <summary>What comes after this ends the waiting.</summary>
    public long EndPosition => _live.Position;

    /// <summary>Begins again at the lowest batch that the cursor has not passed.</summary>
    public void Restart()
    {
        long passed = buffer.PassedContiguous(cursor);
        long newest = Math.Max(passed, buffer.NextSequence - 1);
        _backlog.MoveTo(passed, rate.IsUnlimited ? passed : newest);
        _live.MoveTo(rate.IsUnlimited ? passed : newest, long.MaxValue);
    }

    /// <exception cref="BufferUnreadableException">The database cannot be read now.</exception>
    public bool TryPeek([NotNullWhen(true)] out BatchLane? lane, out BufferedBatch batch)
    {
        lane = _live;
        if (lane.TryPeek(out batch))
        {
            return true;
        }

        lane = _backlog;
        if (rate.Wait() == TimeSpan.Zero && lane.TryPeek(out batch))
        {
            return true;
        }

        lane = null;
        return false;
    }

    public void Taken(BatchLane lane)
    {
        if (lane == _backlog)
        {
            rate.Take();
        }
    }
}
