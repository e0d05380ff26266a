namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

/// <summary>What a subscription asks of the server; the server may revise it.</summary>
public sealed record SubscriptionOptions
{
    /// <summary>How often the server gathers what has changed; default 1 s.</summary>
    public double PublishingIntervalMs { get; init; } = 1000;

    /// <summary>After so long without a change the server says that it is alive; silence beyond it is shown and examined. Default 5 s.</summary>
    public double KeepAliveMs { get; init; } = 5000;

    /// <summary>How long the server keeps the subscription, with its queues, for a client that is away. Default 10 minutes.</summary>
    public double LifetimeMs { get; init; } = 600_000;

    /// <summary>The most values in one message; 0, the default, leaves it to the server. Small controllers want some hundred.</summary>
    public uint NotificationsPerPublishMax { get; init; }

    public byte Priority { get; init; }

    /// <summary>The most items in one request; the server's own limit counts as well. Default 1000.</summary>
    public int ItemsPerCallMax { get; init; } = 1000;

    /// <summary>
    /// Also monitors the server's clock, so that a server is noticed that says it is alive and samples nothing. Costs one item. Default yes.
    /// </summary>
    public bool WatchesServerTime { get; init; } = true;

    /// <summary>After so long an item is asked for again that the server refused. Default one minute.</summary>
    public double RefusedItemRetryMs { get; init; } = 60_000;
}
