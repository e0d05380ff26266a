using EdgeAgent.Collector.LastFrames;

namespace EdgeAgent.Collector.Drivers;

/// <summary>An endpoint that remembers what went over the wire last, for people who look for the cause of a problem.</summary>
/// <remarks>Passwords, tokens and users' identities are never in it.</remarks>
public interface IShowsFrames
{
    /// <summary>The newest frames of a device, newest first; safe to call from any thread.</summary>
    IReadOnlyList<WireFrame> FramesOf(int device);
}
