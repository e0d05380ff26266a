namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

/// <summary>What the server has of one item.</summary>
internal struct MonitoredItemState
{
    /// <summary>The server's number; 0 for none.</summary>
    public uint ServerId;

    public bool IsSettled;

    /// <summary>The server would not take the filter, so it reports every change.</summary>
    public bool IsWithoutFilter;

    public StatusCode Status;

    /// <summary>Its next value comes from a new start.</summary>
    public bool IsRejoining;

    /// <summary>The source's instant of the newest value.</summary>
    public long LastSourceTicks;
}
