using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Pipeline;

/// <summary>The counts of one device and hour while they grow.</summary>
internal struct DeviceTally
{
    public int Hour;
    public Provenance Provenance;
    public bool IsOpen;
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

    public readonly ScanAccount ToAccount(int device) => new(
        device, Hour, Provenance, Good + Bad + Missed, Good, Bad, Missed, MissedWhileDown, Filtered, Dropped, Buffered, Changed,
        Beyond, Filled);
}
