namespace EdgeAgent.Collector.Publishing.Sparkplug;

/// <summary>The times and limits of an edge node that need no setting; the defaults suit, tests shorten them.</summary>
internal sealed record SparkplugTimes
{
    /// <summary>Batches read back at the start for the last known values: about four minutes of flushes.</summary>
    public int LookBackBatches { get; init; } = 1024;

    /// <summary>Rows read from the buffer at a time.</summary>
    public int ReadBatchesMax { get; init; } = 256;

    /// <summary>Bytes read from the buffer at a time.</summary>
    public int ReadBytesMax { get; init; } = 1 << 20;

    /// <summary>Wait after something went wrong that is not the connection.</summary>
    public TimeSpan ProblemPause { get; init; } = TimeSpan.FromSeconds(1);
}
