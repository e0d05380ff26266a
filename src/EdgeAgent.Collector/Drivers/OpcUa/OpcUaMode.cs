namespace EdgeAgent.Collector.Drivers.OpcUa;

/// <summary>How values come.</summary>
public enum OpcUaMode
{
    /// <summary>The server tells changes.</summary>
    Subscribe,

    /// <summary>The server is asked at every instant of the scan class.</summary>
    Poll,
}
