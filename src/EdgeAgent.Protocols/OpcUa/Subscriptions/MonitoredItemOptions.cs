namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

/// <summary>How one node is to be monitored.</summary>
/// <param name="SamplingIntervalMs">-1 as the subscription publishes, 0 as fast as the server can.</param>
/// <param name="QueueSize">Values that the server keeps between two messages, and while the client is away.</param>
/// <param name="DiscardsOldest">Which value a full queue gives up: the oldest, or the newest.</param>
/// <param name="Filter">Which changes count; null for the server's default, which is another status or value.</param>
/// <param name="IndexRange">Elements of an array, such as `2` or `0:4`; null for the whole value.</param>
public readonly record struct MonitoredItemOptions(
    double SamplingIntervalMs = -1, uint QueueSize = 1, bool DiscardsOldest = true, DataChangeFilter? Filter = null, string? IndexRange = null);
