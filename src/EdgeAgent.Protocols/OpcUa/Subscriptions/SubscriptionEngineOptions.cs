namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

/// <summary>The times and limits of a client's subscriptions.</summary>
internal sealed record SubscriptionEngineOptions
{
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long ending a subscription may hold up whoever ends it.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After a step that the server refused it is tried again after so long.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Publish requests with the server: two at least, so that one waits there while another one's answer is under way.</summary>
    public int PublishRequestsMin { get; init; } = 2;

    public int PublishRequestsMax { get; init; } = 10;

    /// <summary>The server's own limit (MaxMonitoredItemsPerCall), asked for whenever items are made; 0 for none.</summary>
    public Func<uint> ItemsPerCallLimit { get; init; } = static () => 0;
}
