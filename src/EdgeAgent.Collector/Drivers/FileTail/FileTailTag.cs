using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Drivers.FileTail;

/// <summary>One tag, compiled.</summary>
/// <param name="Column">Name of a column or group, or # and its number from 1.</param>
internal sealed record FileTailTag(int Id, ValueKind Kind, string Column);

/// <summary>One device, compiled.</summary>
internal sealed record FileTailDevice(int Index, FileTailDeviceSettings Settings, FileTailTag[] Tags);
