using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Collector.Drivers;

/// <summary>An endpoint plan that may stand on a serial port of this machine: a line has one owner, and only so much time in a second.</summary>
public interface ILinePlan
{
    /// <summary>The port; null when the endpoint goes another way.</summary>
    SerialPlace? Port { get; }

    /// <summary>How long the line is taken by one scan of the group in which all goes well.</summary>
    TimeSpan TimeOf(ScanGroup group);
}
