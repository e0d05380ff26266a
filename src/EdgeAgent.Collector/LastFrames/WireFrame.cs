using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.LastFrames;

/// <summary>What went to or came from a device, as people are shown it.</summary>
/// <param name="AtTicks">When, see <see cref="UnixTicks"/>.</param>
/// <param name="Sent">Whether this side sent it.</param>
/// <param name="Start">Its bytes, or the start of many; empty where they may hold secrets or there are none.</param>
/// <param name="Bytes">How many there were.</param>
/// <param name="Text">The same as text, control characters made visible; null for what is no text.</param>
/// <param name="Meaning">What it says, in a few words; null when the driver does not know.</param>
public readonly record struct WireFrame(long AtTicks, bool Sent, ReadOnlyMemory<byte> Start, int Bytes, string? Text = null, string? Meaning = null);
