using EdgeAgent.Protocols.OpcUa.Subscriptions;

namespace EdgeAgent.Protocols.OpcUa.Client;

public sealed partial class OpcUaClient
{
    private SubscriptionEngine? _subscriptions;

    /// <summary>
    /// Begins a subscription. It is made as soon as there is a session, and kept over lost connections and sessions until it or the
    /// client is disposed.
    /// </summary>
    public OpcUaSubscription CreateSubscription(SubscriptionOptions options, IReadOnlyList<MonitoredItemOptions> items, ISubscriptionSink sink)
    {
        lock (_gate)
        {
            _subscriptions ??= new SubscriptionEngine(
                this,
                new SubscriptionEngineOptions { RequestTimeout = RequestTimeout, ItemsPerCallLimit = () => OperationLimits.MonitoredItemsPerCall },
                _time);
            return _subscriptions.Add(options, items, sink);
        }
    }

    private async ValueTask EndSubscriptionsAsync()
    {
        SubscriptionEngine? subscriptions;
        lock (_gate)
        {
            subscriptions = _subscriptions;
            _subscriptions = null;
        }
        if (subscriptions is not null)
        {
            await subscriptions.DisposeAsync().ConfigureAwait(false);
        }
    }
}
