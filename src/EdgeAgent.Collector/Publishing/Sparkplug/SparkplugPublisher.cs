using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Publishing.Following;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using EdgeAgent.Protocols.Sparkplug;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Publishing.Sparkplug;

/// <summary>Publishes the buffer's readings as a Sparkplug B edge node.</summary>
/// <remarks>README.md beside this file tells what is sent when, and when a batch is done.</remarks>
internal sealed class SparkplugPublisher : IPublisher
{
    /// <summary>A death is told also where nothing may be brought out any more, to a broker that takes it at once.</summary>
    private static readonly TimeSpan FarewellMost = TimeSpan.FromSeconds(1);

    private readonly PublisherConfig _config;
    private readonly BatchBuffer _buffer;
    private readonly ILogger _logger;
    private readonly WakeSignal _wake = new();
    private readonly PublisherCounters _counters = new();
    private readonly MqttClient _client;
    private readonly NodeInbox _inbox;
    private readonly NodeLoop _loop;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private bool _stopped;

    /// <exception cref="ArgumentException">The connection's settings do not hold together, or the buffer has no cursor of this name.</exception>
    public SparkplugPublisher(
        PublisherConfig config, PublisherIdentity identity, BatchBuffer buffer, TimeProvider time, ILogger<SparkplugPublisher> logger,
        SparkplugTimes? times = null)
    {
        // Fails here rather than at the first confirmation when the buffer was opened without this cursor.
        _ = buffer.PassedContiguous(config.Name);
        SparkplugConfig names = config.Sparkplug ?? new SparkplugConfig();
        (_config, _buffer, _time, _logger) = (config, buffer, time, logger);
        string? directory = identity.StateDirectory is { } state ? Path.Combine(state, config.Name) : null;
        var topics = new SparkplugNodeTopics(names.Group ?? identity.Site, names.Node ?? identity.Agent);
        var bdSeq = new BirthDeathSequence(directory is null ? null : Path.Combine(directory, "bdseq"));
        var host = new HostWatch(names.PrimaryHost is not null);
        _inbox = new NodeInbox(config.Name, topics, names.PrimaryHost, host, _wake, logger);
        var wills = new NodeEncoder(new SparkplugWriter(), time);
        _client = new MqttClient(
            BrokerConnections.OptionsOf(config, identity) with
            {
                WillSource = () =>
                {
                    wills.NodeDeath(bdSeq.Next());
                    return new MqttWill(topics.Death, wills.Writer.Written.ToArray(), MqttQos.AtLeastOnce, Retain: false);
                },
            },
            time, _inbox.HandleAsync, new NodeObserver(config.Name, _counters, _wake, host, logger));
        var model = new NodeModel(topics, device => names.DeviceIds.GetValueOrDefault(device, device));
        var figures = new NodeFigures(identity.Version, UnixTicks.Now(time));
        var session = new NodeSession(_client, topics, model, new NodeEncoder(new SparkplugWriter(), time) { TypesInData = names.TypesInData }, figures, bdSeq, names);
        _loop = new NodeLoop(
            config, buffer, _client, session, model, figures, host, _inbox, _counters, _wake, new DefinitionShelf(directory),
            times ?? new SparkplugTimes(), time, logger);
    }

    public string Name => _config.Name;

    public PublisherStatistics Statistics => new(
        Name, _client.IsConnected, _client.Broker?.ToString(), 0, _loop.Unconfirmed, _counters.Published, _counters.Repeated,
        _counters.Acknowledged, 0, _loop.IsWaiting, _counters.LastProblem)
    {
        Lag = _buffer.LagOf(Name),
        DiscardedReadings = _buffer.DiscardedReadingsOf(Name),
        PassedOver = _loop.PassedOver,
    };

    public void Start() => _running = Task.Run(() => RunAsync(_stopping.Token));

    public void Announce(PublishedPlant plant)
    {
        _loop.Announce(plant);
        _wake.Set();
    }

    public async Task StopAsync(TimeSpan limit)
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        using var deadline = new CancellationTokenSource(limit, _time);
        if (_client.IsConnected && _loop.IsPublishing)
        {
            await _loop.DrainAsync(deadline.Token).ConfigureAwait(false);
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        _wake.Set();
        await _running.ConfigureAwait(false);
        using var farewell = new CancellationTokenSource(FarewellMost, _time);
        try
        {
            await _loop.SayGoodbyeAsync(farewell.Token).ConfigureAwait(false);
            await _client.DisconnectWithWillAsync(farewell.Token).ConfigureAwait(false);
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
        _loop.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        await _client.StartAsync(CancellationToken.None).ConfigureAwait(false);
        _ = SubscribeAsync(stop);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await _loop.StepAsync(stop).ConfigureAwait(false);
                continue;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (BufferUnreadableException e)
            {
                _counters.LastProblem = e.Message;
            }
            catch (Exception e)
            {
                // A publisher never ends: what it holds back would fill the buffer unseen.
                _counters.LastProblem = e.Message;
                _logger.PublisherFailed(Name, e);
            }

            await _loop.PauseAsync(stop).ConfigureAwait(false);
        }
    }

    private async Task SubscribeAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await _client.SubscribeAsync(_inbox.Subscriptions, stop).ConfigureAwait(false);
                _inbox.IsSubscribed = true;
                _wake.Set();
                return;
            }
            catch (MqttSubscribeException e)
            {
                _counters.LastProblem = e.Message;
                _logger.PublisherProblem(Name, e.Message);
                await _loop.PauseAsync(stop).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
