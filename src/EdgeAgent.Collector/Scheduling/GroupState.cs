using System.Runtime.CompilerServices;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Scheduling;

/// <summary>One scan group while it runs: when it is due next, and the scan under way.</summary>
internal sealed class GroupState
{
    public GroupState(ScanGroup group, DeviceState device, long intervalStamps, bool isFastest, Action<GroupState> completed)
    {
        Group = group;
        Device = device;
        IntervalStamps = intervalStamps;
        IsFastest = isFastest;
        Completed = () => completed(this);
    }

    public ScanGroup Group { get; }
    public DeviceState Device { get; }
    public long IntervalStamps { get; }

    /// <summary>Whether the device's period and jitter are measured on this group.</summary>
    public bool IsFastest { get; }

    /// <summary>The earliest due instant for which nothing has been counted yet.</summary>
    public long DueStamp { get; set; }

    // The scan under way.
    public long StartedStamp { get; set; }
    public ReadingBatch? Readings { get; set; }
    public ValueTaskAwaiter<ScanOutcome> Scan { get; set; }

    /// <summary>Kept so that no scan allocates a delegate.</summary>
    public Action Completed { get; }
}
