namespace EdgeAgent.Collector.Drivers.MtConnect;

/// <summary>How an agent is read.</summary>
public enum MtConnectMode
{
    /// <summary>The present values, at each due instant.</summary>
    Current,

    /// <summary>Every change, in the order of the agent's sequence numbers.</summary>
    Sample,
}
