namespace EdgeAgent.Collector.Publishing.Batch;

/// <summary>The times and limits of a hub publisher; the defaults suit, tests shorten them.</summary>
internal sealed record HubPublisherOptions
{
    /// <summary>Batches sent ahead of the hub's acknowledgement. A hub that is down gets no more than this from one agent.</summary>
    public int AheadBatchesMax { get; init; } = 2048;

    /// <summary>Bytes sent ahead: a hub that commits five times a second passes 40 MiB/s at this.</summary>
    public int AheadBytesMax { get; init; } = 8 << 20;

    /// <summary>After so long without progress the oldest batches are sent again, and nothing new until the hub answers.</summary>
    public TimeSpan StallMin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The time between tries doubles up to this.</summary>
    public TimeSpan StallMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>When the broker says that no one listens, one batch so often finds out when someone does.</summary>
    public TimeSpan NoListenerRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Batches sent again to find out whether the hub is back.</summary>
    public int ProbeBatches { get; init; } = 8;

    /// <summary>Rows read from the buffer at a time.</summary>
    public int ReadBatchesMax { get; init; } = 256;

    /// <summary>Bytes read from the buffer at a time.</summary>
    public int ReadBytesMax { get; init; } = 1 << 20;

    /// <summary>Wait after the buffer could not be read or the broker refused a batch.</summary>
    public TimeSpan ProblemPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A random number from 0 to 1 for jitter.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;
}
