using EdgeAgent.Collector.Buffer;

namespace EdgeAgent.Collector.Publishing.Batch;

/// <summary>What was sent and is not confirmed by the hub: how far the publisher may run ahead of it.</summary>
internal sealed class AheadWindow(int batchesMax, int bytesMax)
{
    private readonly SortedDictionary<long, SentBatch> _sent = [];
    private long _bytes;

    public int Count => _sent.Count;

    /// <summary>One batch always fits, however large.</summary>
    public bool IsFull => _sent.Count >= batchesMax || _bytes >= bytesMax;

    public bool IsEmpty => _sent.Count == 0;

    public long OldestSequence => _sent.First().Key;

    public void Add(SentBatch batch)
    {
        if (_sent.TryAdd(batch.Sequence, batch))
        {
            _bytes += batch.SizeBytes;
        }
    }

    public void Remove(long sequence)
    {
        if (_sent.Remove(sequence, out SentBatch batch))
        {
            _bytes -= batch.SizeBytes;
        }
    }

    /// <summary>Takes out what has been passed.</summary>
    /// <returns>How many batches those were.</returns>
    public int RemovePassed(SequenceSet passed)
    {
        List<long> gone = [.. _sent.Keys.Where(passed.Contains)];
        gone.ForEach(Remove);
        return gone.Count;
    }

    /// <summary>The oldest ones, for sending again.</summary>
    public List<long> OldestSequences(int max) => [.. _sent.Keys.Take(max)];

    public void Clear()
    {
        _sent.Clear();
        _bytes = 0;
    }
}
