using EdgeAgent.Collector.Buffer;

namespace EdgeAgent.Collector.Publishing.Following;

/// <summary>One run through the buffer in order of sequence, read in blocks.</summary>
internal sealed class BatchLane(BatchBuffer buffer, string cursor, int batchesMax, int bytesMax)
{
    private long _lastSequence;
    private readonly BufferBlock _block = new();
    private int _next;

    public BufferBlock Block => _block;

    /// <summary>The last sequence that was taken or found missing.</summary>
    public long Position { get; private set; }

    public bool IsDone => Position >= _lastSequence;

    /// <param name="position">The lane begins behind this sequence.</param>
    /// <param name="lastSequence">Where it ends.</param>
    public void MoveTo(long position, long lastSequence)
    {
        Position = position;
        _lastSequence = lastSequence;
        _block.Clear();
        _next = 0;
    }

    /// <summary>The next batch; false at the end of what there is.</summary>
    /// <exception cref="BufferUnreadableException">The database cannot be read now.</exception>
    public bool TryPeek(out BufferedBatch batch)
    {
        if (_next >= _block.Batches.Count && !TryFill())
        {
            batch = default;
            return false;
        }

        batch = _block.Batches[_next];
        if (batch.Sequence <= _lastSequence)
        {
            return true;
        }

        Position = _lastSequence;
        return false;
    }

    public void Advance()
    {
        Position = _block.Batches[_next].Sequence;
        _next++;
    }

    private bool TryFill()
    {
        if (IsDone)
        {
            return false;
        }

        // Read before the rows: what is appended in between is found next time.
        long newest = buffer.NextSequence - 1;
        if (newest <= Position)
        {
            return false;
        }

        if (!buffer.TryRead(cursor, Position, batchesMax, bytesMax, _block))
        {
            throw new BufferUnreadableException();
        }

        _next = 0;
        if (_block.Batches.Count == 0)
        {
            Position = Math.Max(Position, newest);
            return false;
        }

        return true;
    }
}
