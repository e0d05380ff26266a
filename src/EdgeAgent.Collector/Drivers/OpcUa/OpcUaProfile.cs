namespace EdgeAgent.Collector.Drivers.OpcUa;

/// <summary>How much a server is asked for at once.</summary>
public enum OpcUaProfile
{
    Standard,

    /// <summary>For the servers inside small controllers.</summary>
    Small,
}
