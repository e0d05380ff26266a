using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Agent;

/// <summary>One tag read on demand.</summary>
/// <param name="Device">Device name.</param>
/// <param name="Tag">Tag name.</param>
/// <param name="Unit">Engineering unit.</param>
/// <param name="Quality">How the reading went.</param>
/// <param name="Value">The value as text in invariant form, after scale and offset; null when there is none.</param>
/// <param name="SourceTicks">When it was read.</param>
/// <param name="Problem">What went wrong at the device or on the way, or null.</param>
public sealed record TestReadResult(string Device, string Tag, string Unit, Quality Quality, string? Value, long SourceTicks, string? Problem)
{
    /// <summary>What went to and came from the device for this and its other tags, newest first; empty where the driver does not remember it.</summary>
    public IReadOnlyList<WireFrame> Frames { get; init; } = [];
}
