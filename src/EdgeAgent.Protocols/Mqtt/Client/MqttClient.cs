namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>
/// An MQTT client that stays connected: it owns the connection, finds a broker of its list again after a loss, notices a
/// silent one, renews its subscriptions, and holds publishers to the window. It keeps no messages beyond a connection
/// (QoS 2 with a resumed session apart): the caller has a buffer and sends again what was lost.
/// </summary>
public sealed partial class MqttClient : IAsyncDisposable
{
    private readonly MqttClientOptions _options;
    private readonly TimeProvider _time;
    private readonly IMqttTransport _transport;
    private readonly PublishWindow _window;
    private readonly SessionState _session = new();
    private readonly IncomingMessages _incoming;
    private readonly Counters _counters = new();
    private readonly CancellationTokenSource _stopping = new();
    private MqttConnection? _connection;
    private int _movesOn;
    private TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;

    /// <exception cref="ArgumentException">The options do not hold together; the message lists every problem.</exception>
    public MqttClient(MqttClientOptions options, TimeProvider time, MqttMessageHandler? handler = null, IMqttClientObserver? observer = null)
        : this(options, time, handler, observer, new SocketTransport(options.Tls))
    {
    }

    internal MqttClient(
        MqttClientOptions options, TimeProvider time, MqttMessageHandler? handler, IMqttClientObserver? observer, IMqttTransport transport)
    {
        IReadOnlyList<string> problems = options.Validate();
        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", problems), nameof(options));
        }
        _options = options;
        _time = time;
        _transport = transport;
        Observer = observer ?? MqttClientObserver.None;
        _window = new PublishWindow(options.InFlightMax);
        _window.Completions.Delivered = () => Volatile.Read(ref _connection)?.Outgoing.Wake(inline: true);
        _incoming = new IncomingMessages(
            handler ?? ((_, _) => default), Observer, _session, options.Version, options.InboxSizeBytesMax, _stopping.Token);
    }

    public bool IsConnected => Volatile.Read(ref _connection) is { IsClosed: false };

    /// <summary>The broker of the present connection, or null.</summary>
    public MqttBrokerAddress? Broker => Volatile.Read(ref _connection)?.Broker;

    public MqttClientStatistics Statistics
    {
        get
        {
            lock (_window.Gate)
            {
                return new MqttClientStatistics(_counters.Published, _counters.Acknowledged, _counters.Received, _counters.BytesSent,
                    _counters.BytesReceived, _counters.Connections, _window.InFlight, _window.Waiting);
            }
        }
    }

    private IMqttClientObserver Observer { get; }

    /// <summary>Begins to connect and returns at once; the client goes on trying until it is disconnected or disposed.</summary>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
        if (_running.IsCompleted)
        {
            _running = Task.Run(RunAsync, CancellationToken.None);
        }
        return Task.CompletedTask;
    }

    /// <summary>Waits until there is a connection and the kept subscriptions are renewed.</summary>
    public Task WaitConnectedAsync(CancellationToken cancellationToken = default) =>
        Volatile.Read(ref _connected).Task.WaitAsync(cancellationToken);

    /// <summary>Says goodbye (so that the broker does not publish the will), closes and stops for good.</summary>
    public async ValueTask DisconnectAsync(CancellationToken cancellationToken = default)
    {
        await StopAsync(MqttReason.Success, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>As <see cref="DisconnectAsync(CancellationToken)"/>, and with MQTT 5 has the broker publish the will all the same.</summary>
    public async ValueTask DisconnectWithWillAsync(CancellationToken cancellationToken = default)
    {
        await StopAsync(MqttReason.DisconnectWithWill, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Leaves the present broker and goes to the next of the list at once; with one broker, connects to it anew.</summary>
    /// <param name="reason">What the broker is told; <see cref="MqttReason.DisconnectWithWill"/> has it publish the will (MQTT 5).</param>
    public async ValueTask MoveOnAsync(MqttReason reason, CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _connection) is { } connection)
        {
            Interlocked.Exchange(ref _movesOn, 1);
            var loss = new MqttConnectionLoss($"{connection.Broker}: left for the next broker", MqttLossCause.Local);
            await connection.DisconnectAsync(reason, loss, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Asks the broker for a sign of life behind everything published so far. True when it has answered over the connection on which
    /// this was asked: it has then processed all of it, QoS 0 included. False without a connection or when it ended first.
    /// </summary>
    public Task<bool> PingAsync() => Volatile.Read(ref _connection) is { } connection ? connection.PingAsync() : Task.FromResult(false);

    /// <summary>Closes at once; a goodbye is tried for at most the response timeout.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(_options.ResponseTimeoutMs), _time);
        await StopAsync(MqttReason.Success, limit.Token).ConfigureAwait(false);
    }

    private async Task StopAsync(MqttReason reason, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (Volatile.Read(ref _connection) is { } connection)
        {
            var loss = new MqttConnectionLoss($"{connection.Broker}: disconnected by this client", MqttLossCause.Local);
            await connection.DisconnectAsync(reason, loss, cancellationToken).ConfigureAwait(false);
        }
        await _running.ConfigureAwait(false);
        Volatile.Read(ref _connected).TrySetException(new ObjectDisposedException(nameof(MqttClient), "the client was disconnected"));
        _ = Volatile.Read(ref _connected).Task.Exception;
    }
}
