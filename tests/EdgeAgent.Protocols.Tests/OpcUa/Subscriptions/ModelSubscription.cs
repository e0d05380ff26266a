using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

namespace EdgeAgent.Protocols.Tests.OpcUa.Subscriptions;

/// <summary>What the model server keeps of a subscription.</summary>
internal sealed class ModelSubscription(uint id, int session, CreateSubscriptionRequest request)
{
    public uint Id => id;

    public int Session { get; set; } = session;

    public CreateSubscriptionRequest Request => request;

    public List<MonitoredItemCreation> Items { get; } = [];

    /// <summary>Values that no message has taken yet.</summary>
    public List<ItemValue> Waiting { get; } = [];

    /// <summary>Messages that were not acknowledged, by number.</summary>
    public SortedDictionary<uint, ItemValue[]> Kept { get; } = [];

    public uint NextNumber { get; set; } = 1;

    public HashSet<uint> Acknowledged { get; } = [];
}
