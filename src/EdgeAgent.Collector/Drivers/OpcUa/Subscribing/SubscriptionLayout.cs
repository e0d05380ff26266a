namespace EdgeAgent.Collector.Drivers.OpcUa.Subscribing;

/// <summary>Which tags share a subscription (those that are published in the same interval), and which are polled.</summary>
internal sealed class SubscriptionLayout
{
    private readonly int[][] _subscriptionsOfGroup;
    private readonly bool[] _hasPolled;

    private SubscriptionLayout(IReadOnlyList<PlannedSubscription> subscriptions, IReadOnlyList<(int PeriodMs, OpcUaTag[] Tags)> polled, int[][] ofGroup, bool[] hasPolled)
    {
        Subscriptions = subscriptions;
        Polled = polled;
        _subscriptionsOfGroup = ofGroup;
        _hasPolled = hasPolled;
    }

    public IReadOnlyList<PlannedSubscription> Subscriptions { get; }

    public IReadOnlyList<(int PeriodMs, OpcUaTag[] Tags)> Polled { get; }

    public ReadOnlySpan<int> SubscriptionsOf(int group) => _subscriptionsOfGroup[group];

    public bool HasPolled(int group) => _hasPolled[group];

    public static SubscriptionLayout Of(OpcUaTag[] tags, IReadOnlyList<ScanGroup> groups)
    {
        var all = groups.SelectMany(group => group.TagIds.Select(id => (Tag: tags[id], Group: group))).ToArray();
        PlannedSubscription[] subscriptions =
        [
            .. all.Where(item => item.Tag.Mode == OpcUaMode.Subscribe)
                .GroupBy(item => PublishingIntervalOf(item.Tag, item.Group))
                .OrderBy(group => group.Key)
                .Select(group => new PlannedSubscription(
                    group.Key, [.. group.Select(item => item.Tag)], [.. group.Select(item => ItemOf(item.Tag, item.Group))])),
        ];
        (int, OpcUaTag[])[] polled =
        [
            .. all.Where(item => item.Tag.Mode == OpcUaMode.Poll)
                .GroupBy(item => item.Group.IntervalMs)
                .Select(group => (group.Key, group.Select(item => item.Tag).ToArray())),
        ];
        int[][] ofGroup = new int[groups.Count][];
        bool[] hasPolled = new bool[groups.Count];
        foreach (ScanGroup group in groups)
        {
            var own = group.TagIds.ToHashSet();
            ofGroup[group.Index] = [.. Enumerable.Range(0, subscriptions.Length).Where(i => subscriptions[i].Tags.Any(tag => own.Contains(tag.Id)))];
            hasPolled[group.Index] = group.TagIds.Any(id => tags[id].Mode == OpcUaMode.Poll);
        }
        return new SubscriptionLayout(subscriptions, polled, ofGroup, hasPolled);
    }

    private static double PublishingIntervalOf(OpcUaTag tag, ScanGroup group) => tag.PublishingIntervalMs == OpcUaTagCompiler.PeriodOfGroup
        ? OpcUaTagCompiler.PublishingIntervalOf(group.IntervalMs) : tag.PublishingIntervalMs;

    private static Protocols.OpcUa.Subscriptions.MonitoredItemOptions ItemOf(OpcUaTag tag, ScanGroup group) =>
        tag.Item.SamplingIntervalMs == OpcUaTagCompiler.PeriodOfGroup ? tag.Item with { SamplingIntervalMs = group.IntervalMs } : tag.Item;
}
