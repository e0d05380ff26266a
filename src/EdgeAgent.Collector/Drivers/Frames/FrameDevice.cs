using System.Text.RegularExpressions;

namespace EdgeAgent.Collector.Drivers.Frames;

/// <summary>One device, compiled.</summary>
internal sealed record FrameDevice(int Index, Regex? Match, Regex? Pattern, FrameTag[] Tags);
