using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Drivers.Frames;

/// <summary>One tag, compiled.</summary>
/// <param name="Type">Of a binary number.</param>
/// <param name="Order">For each byte of a binary number as it comes, its place from the highest.</param>
internal sealed record FrameTag(int Id, ValueKind Kind, FrameField Field, TagType Type, int[] Order);
