namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

/// <summary>How a subscription stands.</summary>
public enum SubscriptionState
{
    /// <summary>It is being made.</summary>
    Starting,

    /// <summary>The server has it and was heard within the keep-alive time.</summary>
    Live,

    /// <summary>There is no connection.</summary>
    Interrupted,

    /// <summary>The connection stands, but nothing came within the keep-alive time, or the server's clock stands still.</summary>
    Silent,

    /// <summary>The server would not make it; it is tried again.</summary>
    Refused,

    /// <summary>It was ended by its owner.</summary>
    Closed,
}
