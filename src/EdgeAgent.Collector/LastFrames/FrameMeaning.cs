namespace EdgeAgent.Collector.LastFrames;

/// <summary>Says in a few words what a frame means; called when somebody looks, never while a frame is noted.</summary>
/// <param name="start">The frame's bytes, or the start of many; any bytes at all, because lines carry noise.</param>
/// <returns>Null when that cannot be told.</returns>
internal delegate string? FrameMeaning(bool sent, ReadOnlySpan<byte> start);
