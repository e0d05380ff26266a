namespace EdgeAgent.Collector.Drivers;

/// <summary>An endpoint that remembers the last bytes on the wire, for people who look for the cause of a problem.</summary>
public interface IShowsFrames
{
    /// <summary>The newest frames of a device, newest first; safe to call from any thread.</summary>
    IReadOnlyList<WireFrame> FramesOf(int device);
}

/// <summary>Bytes that went over the wire to or from a device.</summary>
/// <param name="AtTicks">When, see <see cref="Core.Model.UnixTicks"/>.</param>
/// <param name="Sent">Whether this side sent them.</param>
/// <param name="Start">The bytes, or the start of many.</param>
/// <param name="Bytes">How many there were.</param>
public readonly record struct WireFrame(long AtTicks, bool Sent, ReadOnlyMemory<byte> Start, int Bytes);
