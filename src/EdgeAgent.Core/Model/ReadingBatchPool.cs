using System.Collections.Concurrent;

namespace EdgeAgent.Core.Model;

/// <summary>Keeps emptied batches for reuse, so that scanning allocates nothing in the steady state. Safe for concurrent use.</summary>
public sealed class ReadingBatchPool(int keepMax = 64)
{
    private readonly ConcurrentQueue<ReadingBatch> _idle = new();

    public ReadingBatch Take() => _idle.TryDequeue(out ReadingBatch? batch) ? batch : new ReadingBatch();

    /// <summary>Gives a batch back. The caller must not touch it afterwards.</summary>
    public void Return(ReadingBatch batch)
    {
        batch.Clear();
        if (_idle.Count < keepMax)
        {
            _idle.Enqueue(batch);
        }
    }
}
