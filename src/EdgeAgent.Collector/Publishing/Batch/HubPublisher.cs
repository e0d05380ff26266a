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
internal sealed class HubPublisher : IPublisher
{
    private readonly PublisherConfig _config;
    private readonly PublisherIdentity _identity;
    private readonly BatchBuffer _buffer;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HubPublisherOptions _options;
    private readonly WakeSignal _wake = new();
    private readonly Acknowledgements _acknowledgements;
    private readonly Announcement _announcement;
    private readonly PublisherCounters _counters = new();
    private readonly MqttClient _client;
    private readonly HubSession _session;
    private readonly HealthReport? _health;
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private bool _subscribed;
    private bool _stopped;

    /// <exception cref="ArgumentException">The connection's settings do not hold together, or the buffer has no cursor of this name.</exception>
    public HubPublisher(
        PublisherConfig config, PublisherIdentity identity, BatchBuffer buffer, TimeProvider time, ILogger<HubPublisher> logger,
        HubPublisherOptions? options = null, Func<AgentHealth>? health = null)
    {
        // Fails here rather than at the first acknowledgement when the buffer was opened without this cursor.
        _ = buffer.PassedContiguous(config.Name);
        _config = config;
        _identity = identity;
        _buffer = buffer;
        _time = time;
        _logger = logger;
        _options = options ?? new HubPublisherOptions();
        _acknowledgements = new Acknowledgements(buffer, config.Name, _wake, logger);
        _announcement = new Announcement(config, identity, time);
        AgentStatus offline = BrokerConnection.StatusOf(identity, online: false, buffer.Incarnation, time);
        _client = new MqttClient(
            BrokerConnection.OptionsOf(config, identity, offline), time, _acknowledgements.HandleAsync,
            new ConnectionObserver(config.Name, _counters, _wake, logger));
        _health = health is null ? null : new HealthReport(health, identity, buffer, _client, time);
        _session = new HubSession(config, identity, buffer, _client, _acknowledgements, _counters, _wake, _options, time, logger);
    }

    public string Name => _config.Name;

    public PublisherStatistics Statistics => new(
        Name, _client.IsConnected, _client.Broker?.ToString(), _session.InFlight, _session.Unacknowledged, _counters.Published,
        _counters.Repeated, _counters.Acknowledged, _session.Refused, _session.IsWaiting, _counters.LastProblem)
    {
        Lag = _buffer.LagOf(Name),
        DiscardedReadings = _buffer.DiscardedReadingsOf(Name),
    };

    public void Start()
    {
        _running = Task.Run(() => RunAsync(_stopping.Token));
        _health?.Start();
    }

    public void Announce(PublishedPlant plant)
    {
        _announcement.Change(plant);
        _wake.Set();
    }

    public async Task StopAsync(TimeSpan limit)
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        _health?.Dispose();
        using var deadline = new CancellationTokenSource(limit, _time);
        if (_client.IsConnected)
        {
            await _session.DrainAsync(deadline.Token).ConfigureAwait(false);
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        _wake.Set();
        await _running.ConfigureAwait(false);
        try
        {
            if (_client.IsConnected)
            {
                await _announcement.PublishStatusAsync(_client, _buffer.Incarnation, online: false, deadline.Token).ConfigureAwait(false);
            }

            await _client.DisconnectAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The broker does not answer in time; its will message says the same for us.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero).ConfigureAwait(false);
        await _client.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        await _client.StartAsync(CancellationToken.None).ConfigureAwait(false);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await _client.WaitConnectedAsync(stop).ConfigureAwait(false);
                await RunConnectionAsync(stop).ConfigureAwait(false);
                continue;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is MqttSubscribeException or BufferUnreadableException or PublishRefusedException)
            {
                Note(e.Message);
            }
            catch (Exception e)
            {
                // A publisher never ends: what it holds back would fill the buffer unseen.
                _counters.LastProblem = e.Message;
                _logger.PublisherFailed(Name, e);
            }

            await PauseAsync(stop).ConfigureAwait(false);
        }
    }

    private async Task RunConnectionAsync(CancellationToken stop)
    {
        int connection = _counters.Connections;
        if (!_subscribed && _config.Acknowledge == PublishAcknowledge.Store)
        {
            await _client.SubscribeAsync([new MqttSubscription(Topics.Ack(_identity.Site, _identity.Agent))], stop).ConfigureAwait(false);
            _subscribed = true;
        }

        Guid incarnation = _buffer.Incarnation;
        _announcement.TakeDue();
        if (await _announcement.PublishAsync(_client, incarnation, stop).ConfigureAwait(false) is { } problem)
        {
            Note(problem);
        }

        _session.Begin(incarnation);
        while (!stop.IsCancellationRequested && _client.IsConnected && connection == _counters.Connections
            && incarnation == _buffer.Incarnation && !_announcement.TakeDue())
        {
            await _session.StepAsync(stop).ConfigureAwait(false);
        }
    }

    private void Note(string problem)
    {
        if (_counters.LastProblem != problem)
        {
            _counters.LastProblem = problem;
            _logger.PublisherProblem(Name, problem);
        }
    }

    private async Task PauseAsync(CancellationToken stop)
    {
        try
        {
            await Task.Delay(_options.ProblemPause, _time, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }
}
