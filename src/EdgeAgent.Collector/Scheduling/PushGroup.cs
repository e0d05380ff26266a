using EdgeAgent.Collector.Drivers;

namespace EdgeAgent.Collector.Scheduling;

/// <summary>One scan group whose device sends by itself: its due instants are looks at what stands then.</summary>
internal sealed class PushGroup(ScanGroup group, ScanGrid grid, DeviceState device, long intervalStamps, bool isFastest)
    : GroupClock(group, device, intervalStamps, isFastest)
{
    public ScanGrid Grid { get; } = grid;

    /// <summary>As an array, which is quicker to walk than the list.</summary>
    public int[] TagIds { get; } = [.. group.TagIds];
}
