namespace EdgeAgent.Collector.Drivers.Frames;

/// <summary>Where a value is in a frame.</summary>
/// <param name="Group">Name of a group of the pattern, or null.</param>
/// <param name="Offset">Bytes from the start of the frame, when there is no group.</param>
/// <param name="Length">Bytes of a text; 0 for a binary number.</param>
internal sealed record FrameField(string? Group, int Offset, int Length);
