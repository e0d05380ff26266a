namespace EdgeAgent.Collector.Pipeline;

/// <summary>What became of a device's readings since the agent started. Written by the pipeline; read by anyone, at most one scan old.</summary>
internal sealed class DeviceTotals
{
    public long Good;
    public long Bad;
    public long Missed;
    public long MissedWhileDown;
    public long Filtered;
    public long Dropped;
    public long Buffered;
    public long Changed;
    public long Beyond;
    public long Filled;

    /// <summary>Source time of the newest good reading, 0 before the first.</summary>
    public long LastGoodTicks;

    public long Due => Good + Bad + Missed;
}
