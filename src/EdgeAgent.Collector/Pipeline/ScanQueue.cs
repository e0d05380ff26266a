using System.Collections.Concurrent;

namespace EdgeAgent.Collector.Pipeline;

/// <summary>Carries results from many endpoint loops to the one pipeline, bounded by the readings that wait in it.</summary>
/// <remarks>The pipeline is woken only when much waits: it works in strides of a flush interval, which saves a thread switch per scan.</remarks>
internal sealed class ScanQueue : IScanSink
{
    /// <summary>At 32 bytes a reading about 16 MB: five seconds of 100,000 readings a second, more than a disk hiccup takes.</summary>
    public const int WeightMaxDefault = 500_000;

    /// <summary>Waking this often keeps what waits inside the processor's cache and the pool of batches small.</summary>
    private const int WakeAtWeight = 8_192;

    private readonly ConcurrentQueue<ScanResult> _results = new();
    private readonly int _weightMax;
    private readonly Action _wake;
    private int _weight;

    public ScanQueue(Action wake, int weightMax = WeightMaxDefault)
    {
        _wake = wake;
        _weightMax = weightMax;
    }

    /// <summary>Results that wait.</summary>
    public int Count => _results.Count;

    public bool TryPost(in ScanResult result)
    {
        int weight = WeightOf(result);
        int total = Interlocked.Add(ref _weight, weight);

        // A single result that is larger than the limit must get through an empty queue, else it never would.
        if (total > _weightMax && total != weight)
        {
            Interlocked.Add(ref _weight, -weight);
            return false;
        }

        _results.Enqueue(result);
        if (total >= WakeAtWeight && total - weight < WakeAtWeight)
        {
            _wake();
        }

        return true;
    }

    public bool TryTake(out ScanResult result)
    {
        if (!_results.TryDequeue(out result))
        {
            return false;
        }

        Interlocked.Add(ref _weight, -WeightOf(result));
        return true;
    }

    private static int WeightOf(in ScanResult result) => 1 + (result.Readings?.Count ?? 0);
}
