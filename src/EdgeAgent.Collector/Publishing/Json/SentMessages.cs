namespace EdgeAgent.Collector.Publishing.Json;

/// <summary>The messages of one batch that are on their way: the batch is done when all of them have arrived.</summary>
internal sealed class SentMessages(long sequence, int connection)
{
    private int _open = 1;
    private volatile bool _failed;
    private volatile bool _unacknowledged;

    public long Sequence { get; } = sequence;

    /// <summary>The connection over which they went.</summary>
    public int Connection { get; } = connection;

    /// <summary>Some went at QoS 0, of which no acknowledgement comes.</summary>
    public bool HasUnacknowledged => _unacknowledged;

    public bool Failed => _failed;

    public void Sent(bool unacknowledged)
    {
        Interlocked.Increment(ref _open);
        _unacknowledged |= unacknowledged;
    }

    public void Fail() => _failed = true;

    /// <summary>One message arrived or failed, or all of them are sent.</summary>
    /// <returns>Whether that was the last.</returns>
    public bool Settle() => Interlocked.Decrement(ref _open) == 0;
}
