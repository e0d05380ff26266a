namespace EdgeAgent.Collector.Drivers;

/// <summary>The tags of one device that share a period: the unit of scheduling, of scanning and of counting.</summary>
/// <param name="Index">Dense number within its endpoint.</param>
/// <param name="Device">Index of the device within its endpoint.</param>
/// <param name="IntervalMs">Period of the scan class in milliseconds.</param>
/// <param name="TagIds">Tag numbers within the endpoint, ascending.</param>
public sealed record ScanGroup(int Index, int Device, int IntervalMs, IReadOnlyList<int> TagIds);
