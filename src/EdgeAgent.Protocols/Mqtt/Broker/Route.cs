namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>Who gets the messages of one topic, worked out once and kept while the subscriptions stay the same.</summary>
internal sealed class Route(int version)
{
    public int Version => version;

    /// <summary>One entry a session, however many of its filters match.</summary>
    public List<RouteTarget> Targets { get; } = [];

    public List<ShareGroup> Groups { get; } = [];

    public void Add(List<BrokerSubscription> subscriptions, List<ShareGroup> groups)
    {
        Groups.AddRange(groups);
        foreach (BrokerSubscription subscription in subscriptions)
        {
            int at = Targets.FindIndex(t => t.Session == subscription.Session);
            if (at < 0)
            {
                Targets.Add(new RouteTarget(subscription));
            }
            else
            {
                Targets[at].Merge(subscription);
            }
        }
    }
}
