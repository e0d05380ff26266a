namespace EdgeAgent.Collector.Drivers.Probe;

/// <summary>How to find out whether somebody is there.</summary>
public enum ProbeMethod
{
    /// <summary>Open a TCP connection and close it.</summary>
    Tcp,
    /// <summary>An ICMP echo.</summary>
    Icmp,
}
