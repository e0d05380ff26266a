namespace EdgeAgent.Collector.Drivers;

/// <summary>An endpoint at which devices appear that no one configured.</summary>
public interface ISeesUnknownDevices
{
    /// <summary>Those seen since the endpoint was opened, as many as it keeps; safe to call from any thread.</summary>
    IReadOnlyList<SeenDevice> SeenDevices { get; }
}

/// <summary>A device that sent something and is not in the configuration.</summary>
/// <param name="Name">How it names itself, in the words that a configuration would use.</param>
/// <param name="FirstTicks">When it was first seen.</param>
/// <param name="LastTicks">When it was last seen.</param>
/// <param name="Messages">How often.</param>
/// <param name="Example">The start of what it sent first, for people.</param>
public sealed record SeenDevice(string Name, long FirstTicks, long LastTicks, long Messages, string Example);
