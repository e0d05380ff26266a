using EdgeAgent.Collector.Buffer;

namespace EdgeAgent.Collector.Publishing.Following;

/// <summary>Wakes a publisher's loop when the buffer holds something behind a position; watches for one position at a time.</summary>
/// <param name="wake">Called once for each watch, when another may begin already.</param>
internal sealed class DataWatch(BatchBuffer buffer, Action wake)
{
    private int _isWatching;

    /// <summary>Watches, unless it does already: the loop looks again when it wakes, and begins again where it then stands.</summary>
    public void Begin(Guid incarnation, long position, CancellationToken stop)
    {
        if (Interlocked.Exchange(ref _isWatching, 1) == 0)
        {
            _ = WatchAsync(incarnation, position, stop);
        }
    }

    private async Task WatchAsync(Guid incarnation, long position, CancellationToken stop)
    {
        // However it ends, the loop looks for itself.
        await buffer.WaitForDataAsync(incarnation, position, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // In this order: a loop that woke first could go to sleep again before this watch counts as over, and nobody would wake it any more.
        Volatile.Write(ref _isWatching, 0);
        wake();
    }
}
