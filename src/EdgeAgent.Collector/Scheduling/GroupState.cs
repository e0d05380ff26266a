using System.Runtime.CompilerServices;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Scheduling;

/// <summary>One scan group that is asked while it runs: when it is due next, and the scan under way.</summary>
internal sealed class GroupState : GroupClock
{
    public GroupState(ScanGroup group, DeviceState device, long intervalStamps, bool isFastest, Action<GroupState> completed)
        : base(group, device, intervalStamps, isFastest) => Completed = () => completed(this);

    // The scan under way.
    public long StartedStamp { get; set; }
    public ReadingBatch? Readings { get; set; }
    public ValueTaskAwaiter<ScanOutcome> Scan { get; set; }

    /// <summary>Kept so that no scan allocates a delegate.</summary>
    public Action Completed { get; }
}
