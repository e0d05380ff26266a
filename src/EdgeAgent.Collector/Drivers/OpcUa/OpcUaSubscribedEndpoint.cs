using EdgeAgent.Collector.Drivers.OpcUa.Addresses;
using EdgeAgent.Collector.Drivers.OpcUa.History;
using EdgeAgent.Collector.Drivers.OpcUa.Subscribing;
using EdgeAgent.Collector.Drivers.OpcUa.Values;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Subscriptions;

namespace EdgeAgent.Collector.Drivers.OpcUa;

/// <summary>A server that tells changes. The client keeps the session and its subscriptions over lost connections by itself.</summary>
internal sealed class OpcUaSubscribedEndpoint : IPushedEndpoint, IShowsFrames
{
    private readonly OpcUaSubscribedPlan _plan;
    private readonly EndpointServices _services;
    private readonly OpcUaClient _client;
    private readonly NodeLookup _lookup;
    private readonly FrameMemory _frames;
    private readonly Arrivals _arrivals = new();
    private readonly GapFilling? _filling;
    private readonly SubscriptionLayout _layout;
    private OpcUaSubscription[] _subscriptions = [];
    private PolledGroups? _polled;
    private bool _isSimulated;

    public OpcUaSubscribedEndpoint(OpcUaSubscribedPlan plan, EndpointServices services)
    {
        _plan = plan;
        _services = services;
        _frames = new FrameMemory(plan.Devices.Count, services.Time);
        _client = OpcUaClients.Make(plan.Settings, plan.Addresses, services.Time, new ServiceTrace(_frames));
        _lookup = new NodeLookup(_client);
        _layout = SubscriptionLayout.Of(plan.Tags, services.Groups);
        _filling = plan.Settings.BackFill ? new GapFilling(_client, _lookup, _arrivals, plan.Settings.HistoryHoldsEveryChange) : null;
    }

    /// <summary>A lost connection is the client's to mend; only a client that gave up is no connection.</summary>
    public bool IsConnected => _client.State is OpcUaClientState.Connected or OpcUaClientState.Reconnecting;

    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        try
        {
            await _client.ConnectAsync(cancellation).ConfigureAwait(false);
        }
        catch (OpcUaConnectException failure)
        {
            throw new EndpointConnectException(failure.Message, failure);
        }
        _isSimulated = await ServerIdentity.IsSimulatorAsync(_client, cancellation).ConfigureAwait(false);
        if (_subscriptions.Length == 0)
        {
            _subscriptions = [.. _layout.Subscriptions.Select(Begin)];
            _polled = _layout.Polled.Count == 0 ? null : new PolledGroups(_client, _lookup, _arrivals, _layout.Polled, _services.Time);
        }
    }

    public async ValueTask DisconnectAsync() => await _client.DisconnectAsync().ConfigureAwait(false);

    public ValueTask<PushOutcome> ReceiveAsync(ReadingBatch into, CancellationToken cancellation) => _arrivals.TakeAsync(into, cancellation);

    public bool Vouches(int group)
    {
        OpcUaSubscription[] subscriptions = Volatile.Read(ref _subscriptions);
        if (_client.State != OpcUaClientState.Connected || _layout.HasPolled(group))
        {
            return false;
        }
        foreach (int subscription in _layout.SubscriptionsOf(group))
        {
            if (subscription >= subscriptions.Length || !subscriptions[subscription].IsAlive)
            {
                return false;
            }
        }
        return true;
    }

    public IReadOnlyList<WireFrame> FramesOf(int device) => _frames.Of(device);

    public bool IsSimulated(int device) => _isSimulated;

    public ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ReadIdentityAsync(int device, CancellationToken cancellation) => ServerIdentity.ReadAsync(_client, cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_polled is not null)
        {
            await _polled.DisposeAsync().ConfigureAwait(false);
        }
        if (_filling is not null)
        {
            await _filling.DisposeAsync().ConfigureAwait(false);
        }
        await _client.DisposeAsync().ConfigureAwait(false);
    }

    private OpcUaSubscription Begin(PlannedSubscription planned)
    {
        OpcUaEndpointSettings settings = _plan.Settings;
        bool isSmall = settings.Profile == OpcUaProfile.Small;
        var options = new SubscriptionOptions
        {
            PublishingIntervalMs = planned.PublishingIntervalMs,
            KeepAliveMs = Math.Max(settings.KeepAliveMs, planned.PublishingIntervalMs),
            LifetimeMs = settings.SubscriptionLifetimeMinutes * 60_000.0,
            // Small servers answer a request for a thousand items with BadOutOfMemory, or not at all.
            ItemsPerCallMax = isSmall ? 50 : 1000,
            NotificationsPerPublishMax = isSmall ? 200u : 0,
            WatchesServerTime = settings.WatchServerTime,
        };
        int[] devices = [.. planned.Tags.Select(tag => tag.Device).Distinct()];
        var feed = new SubscriptionFeed(planned.Tags, _lookup, _arrivals, _filling, devices, _services.Time);
        return _client.CreateSubscription(options, planned.Items, feed);
    }
}
