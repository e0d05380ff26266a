using EdgeAgent.Protocols.OpcUa.Subscriptions;

namespace EdgeAgent.Collector.Drivers.OpcUa.Subscribing;

/// <summary>A subscription to be made, and the item for each of its tags.</summary>
internal sealed record PlannedSubscription(double PublishingIntervalMs, OpcUaTag[] Tags, MonitoredItemOptions[] Items);
