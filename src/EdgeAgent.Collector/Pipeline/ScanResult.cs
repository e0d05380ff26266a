using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Pipeline;

/// <summary>What a scan, or the lack of one, brought: readings on their way into the pipeline and what must be counted with them.</summary>
/// <param name="Slot">The endpoint that it comes from.</param>
/// <param name="Group">The scan group within the endpoint, or -1 for counts that belong to no single group.</param>
/// <param name="Account">Device (within the endpoint), hour and provenance. With <paramref name="Readings"/> its counts are 0 and
/// the pipeline fills them in; without, they are complete and balance.</param>
/// <param name="NextDueStamp">The earliest due instant of the group that is not counted yet, as a timestamp of the time provider.</param>
/// <param name="Readings">The readings, owned by the receiver from here on, or null.</param>
/// <param name="Pushed">With readings that devices sent by themselves: how to count them. They may be of any devices of the endpoint;
/// of <paramref name="Account"/> only the hour holds for them.</param>
internal readonly record struct ScanResult(
    EndpointSlot Slot, int Group, ScanAccount Account, long NextDueStamp, ReadingBatch? Readings, PushedReadings? Pushed = null);
