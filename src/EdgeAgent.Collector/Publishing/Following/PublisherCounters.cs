namespace EdgeAgent.Collector.Publishing.Following;

/// <summary>The running figures behind <see cref="PublisherStatistics"/>.</summary>
internal sealed class PublisherCounters
{
    private long _published;
    private long _repeated;
    private long _acknowledged;
    private int _connections;
    private volatile string? _lastProblem;

    public long Published => Interlocked.Read(ref _published);

    public long Repeated => Interlocked.Read(ref _repeated);

    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Connections made so far: what was sent over an earlier one is not waited for.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public string? LastProblem
    {
        get => _lastProblem;
        set => _lastProblem = value;
    }

    public void AddPublished() => Interlocked.Increment(ref _published);

    public void AddRepeated() => Interlocked.Increment(ref _repeated);

    public void AddAcknowledged(int batches) => Interlocked.Add(ref _acknowledged, batches);

    public void AddConnection() => Interlocked.Increment(ref _connections);
}
