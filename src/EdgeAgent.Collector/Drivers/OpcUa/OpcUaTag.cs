using EdgeAgent.Collector.Drivers.OpcUa.Addresses;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.OpcUa.Subscriptions;

namespace EdgeAgent.Collector.Drivers.OpcUa;

/// <summary>A checked tag.</summary>
/// <param name="Id">Number within the endpoint.</param>
/// <param name="Kind">What its readings carry.</param>
/// <param name="Mode">How its values come.</param>
/// <param name="PublishingIntervalMs">Of the subscription that it belongs to.</param>
internal sealed record OpcUaTag(
    int Id, int Device, TagAddress Address, ValueKind Kind, OpcUaMode Mode, double PublishingIntervalMs, MonitoredItemOptions Item);
