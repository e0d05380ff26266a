namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>One session that gets the messages of a topic: the highest QoS of its matching filters and all their identifiers.</summary>
internal sealed class RouteTarget
{
    private readonly List<BrokerSubscription> _subscriptions;

    public RouteTarget(BrokerSubscription subscription)
    {
        _subscriptions = [subscription];
        Session = subscription.Session;
        Update();
    }

    public BrokerSession Session { get; }

    public MqttQos Qos { get; private set; }

    public bool RetainAsPublished { get; private set; }

    public List<int>? Identifiers { get; private set; }

    public void Merge(BrokerSubscription subscription)
    {
        _subscriptions.Add(subscription);
        Update();
    }

    /// <summary>"No local" keeps a message from its publisher only when every matching filter asks for it.</summary>
    public bool Excludes(BrokerMessage message) =>
        message.Publisher == Session.ClientId && _subscriptions.TrueForAll(static s => s.Wanted.NoLocal);

    private void Update()
    {
        Qos = _subscriptions.Max(static s => s.Wanted.Qos);
        RetainAsPublished = _subscriptions.Exists(static s => s.Wanted.RetainAsPublished);
        List<int> identifiers = [.. _subscriptions.Where(static s => s.Identifier != null).Select(static s => s.Identifier!.Value)];
        Identifiers = identifiers.Count > 0 ? identifiers : null;
    }
}
