namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

/// <summary>What the server has of a subscription, as far as the client knows.</summary>
internal enum SubscriptionPhase
{
    /// <summary>Nothing; it must be made.</summary>
    Absent,

    /// <summary>An earlier session had it; it must be taken over.</summary>
    Foreign,

    /// <summary>This session has it, but messages may have been lost with a connection.</summary>
    Interrupted,

    /// <summary>This session has it.</summary>
    Live,

    Closed,
}
