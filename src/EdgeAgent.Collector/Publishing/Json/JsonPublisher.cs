using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Publishing.Following;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Mqtt.Client;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Publishing.Json;

/// <summary>Publishes the buffer's readings as JSON by the templates of its routes.</summary>
/// <remarks>README.md beside this file tells how templates are written, and when a batch is done.</remarks>
internal sealed class JsonPublisher : IPublisher
{
    private readonly PublisherConfig _config;
    private readonly BatchBuffer _buffer;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly WakeSignal _wake = new();
    private readonly PublisherCounters _counters = new();
    private readonly MqttClient _client;
    private readonly JsonLoop _loop;
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private bool _stopped;

    /// <exception cref="ArgumentException">The settings do not hold together, or the buffer has no cursor of this name.</exception>
    public JsonPublisher(
        PublisherConfig config, PublisherIdentity identity, BatchBuffer buffer, TimeProvider time, ILogger<JsonPublisher> logger,
        TimeSpan? problemPause = null)
    {
        // Fails here rather than at the first acknowledgement when the buffer was opened without this cursor.
        _ = buffer.PassedContiguous(config.Name);
        (_config, _buffer, _time, _logger) = (config, buffer, time, logger);
        var errors = new ConfigErrors();
        IReadOnlyList<JsonRoute> routes = JsonRoute.Compile(config.Json ?? new JsonPublishConfig { Routes = [] }, ConfigPath.Root, errors);
        if (errors.Any)
        {
            throw new ArgumentException(string.Join("; ", errors), nameof(config));
        }

        string? directory = identity.StateDirectory is { } state ? Path.Combine(state, config.Name) : null;
        _client = new MqttClient(
            BrokerConnections.OptionsOf(config, identity), time, handler: null, new ConnectionObserver(config.Name, _counters, _wake, logger));
        _loop = new JsonLoop(config, identity, routes, buffer, _client, _counters, _wake, new DefinitionShelf(directory), problemPause ?? TimeSpan.FromSeconds(1), time, logger);
    }

    public string Name => _config.Name;

    public PublisherStatistics Statistics => new(
        Name, _client.IsConnected, _client.Broker?.ToString(), _loop.InFlight, _loop.Unconfirmed, _counters.Published, _counters.Repeated,
        _counters.Acknowledged, 0, false, _counters.LastProblem)
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
        if (_client.IsConnected)
        {
            await _loop.DrainAsync(deadline.Token).ConfigureAwait(false);
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        _wake.Set();
        await _running.ConfigureAwait(false);
        try
        {
            await _client.DisconnectAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The broker does not answer in time.
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
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await _client.WaitConnectedAsync(stop).ConfigureAwait(false);
                await _loop.RunConnectionAsync(stop).ConfigureAwait(false);
                continue;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is BufferUnreadableException or JsonRefusedException)
            {
                if (_counters.LastProblem != e.Message)
                {
                    _counters.LastProblem = e.Message;
                    _logger.PublisherProblem(Name, e.Message);
                }
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
}
