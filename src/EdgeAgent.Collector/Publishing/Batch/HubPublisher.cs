using EdgeAgent.Collector.Publishing.Following;
using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Publishing.Batch;

/// <summary>Brings signed batches from the buffer to a hub over MQTT, and lets the buffer delete what the hub's store has committed.</summary>
/// <remarks>README.md beside this file tells when what is sent, again or not at all.</remarks>
internal sealed class HubPublisher : MqttPublisher
{
    private readonly PublisherConfig _config;
    private readonly PublisherIdentity _identity;
    private readonly Acknowledgements _acknowledgements;
    private readonly Announcement _announcement;
    private readonly HubSession _session;
    private readonly HealthReport? _health;
    private bool _subscribed;

    /// <exception cref="ArgumentException">The connection's settings do not hold together, or the buffer has no cursor of this name.</exception>
    public HubPublisher(
        PublisherConfig config, PublisherIdentity identity, BatchBuffer buffer, TimeProvider time, ILogger<HubPublisher> logger,
        HubPublisherOptions? options = null, Func<AgentHealth>? health = null)
        : base(config, buffer, (options ??= new HubPublisherOptions()).ProblemPause, time, logger)
    {
        (_config, _identity) = (config, identity);
        _acknowledgements = new Acknowledgements(buffer, config.Name, Wake, logger);
        _announcement = new Announcement(config, identity, time);
        AgentStatus offline = BrokerConnection.StatusOf(identity, online: false, buffer.Incarnation, time);
        Client = new MqttClient(
            BrokerConnection.OptionsOf(config, identity, offline), time, _acknowledgements.HandleAsync,
            new ConnectionObserver(config.Name, Counters, Wake, logger));
        _health = health is null ? null : new HealthReport(health, identity, buffer, Client, time);
        _session = new HubSession(config, identity, buffer, Client, _acknowledgements, Counters, Wake, options, time, logger);
    }

    protected override MqttClient Client { get; }

    public override void Start()
    {
        base.Start();
        _health?.Start();
    }

    public override void Announce(PublishedPlant plant)
    {
        _announcement.Change(plant);
        Wake.Set();
    }

    protected override PublisherStatistics Count(PublisherStatistics statistics) => statistics with
    {
        InFlight = _session.InFlight,
        Unacknowledged = _session.Unacknowledged,
        Refused = _session.Refused,
        Waiting = _session.IsWaiting,
    };

    protected override async Task StepAsync(CancellationToken stop)
    {
        await Client.WaitConnectedAsync(stop).ConfigureAwait(false);
        await RunConnectionAsync(stop).ConfigureAwait(false);
    }

    protected override bool IsExpected(Exception problem) => problem is MqttSubscribeException or PublishRefusedException || base.IsExpected(problem);

    protected override void Stopping() => _health?.Dispose();

    protected override Task DrainAsync(CancellationToken limit) => _session.DrainAsync(limit);

    protected override async Task LeaveAsync(CancellationToken limit)
    {
        if (Client.IsConnected)
        {
            await _announcement.PublishStatusAsync(Client, Buffer.Incarnation, online: false, limit).ConfigureAwait(false);
        }

        await base.LeaveAsync(limit).ConfigureAwait(false);
    }

    private async Task RunConnectionAsync(CancellationToken stop)
    {
        int connection = Counters.Connections;
        if (!_subscribed && _config.Acknowledge == PublishAcknowledge.Store)
        {
            await Client.SubscribeAsync([new MqttSubscription(Topics.Ack(_identity.Site, _identity.Agent))], stop).ConfigureAwait(false);
            _subscribed = true;
        }

        Guid incarnation = Buffer.Incarnation;
        _announcement.TakeDue();
        if (await _announcement.PublishAsync(Client, incarnation, stop).ConfigureAwait(false) is { } problem)
        {
            Note(problem);
        }

        _session.Begin(incarnation);
        while (!stop.IsCancellationRequested && Client.IsConnected && connection == Counters.Connections
            && incarnation == Buffer.Incarnation && !_announcement.TakeDue())
        {
            await _session.StepAsync(stop).ConfigureAwait(false);
        }
    }
}
