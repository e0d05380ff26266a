using EdgeAgent.Collector.Drivers;

namespace EdgeAgent.Collector.Scheduling;

/// <summary>When one scan group is due.</summary>
/// <param name="isFastest">Whether the device's standing, period and jitter are taken from this group.</param>
internal class GroupClock(ScanGroup group, DeviceState device, long intervalStamps, bool isFastest)
{
    public ScanGroup Group { get; } = group;
    public DeviceState Device { get; } = device;
    public long IntervalStamps { get; } = intervalStamps;
    public bool IsFastest { get; } = isFastest;

    /// <summary>The earliest due instant for which nothing has been counted yet.</summary>
    public long DueStamp { get; set; }

    /// <summary>The group with the shortest period of its device.</summary>
    public static bool IsFastestOf(ScanGroup group, IReadOnlyList<ScanGroup> all) =>
        all.Where(other => other.Device == group.Device).MinBy(other => other.IntervalMs)!.Index == group.Index;
}
