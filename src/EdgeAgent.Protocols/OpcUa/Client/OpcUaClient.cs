namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>A session with a server, or with the first of several that answers: it survives lost connections until it is disconnected.</summary>
/// <remarks>May be used from any thread. Services give statuses; only connecting throws.</remarks>
public sealed partial class OpcUaClient : IUaServiceChannel, IAsyncDisposable
{
    private readonly OpcUaClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ConnectionCounters _counters = new();
    private readonly CallPool _pool = new();
    private readonly ServerContact[] _servers;
    private readonly ReconnectDelay _delay;
    private readonly Lock _gate = new();
    private UaConnection? _connection;
    private SessionFacts _facts = SessionFacts.None;
    private volatile IUaSessionObserver[] _observers = [];

    public OpcUaClient(OpcUaClientOptions options, TimeProvider? time = null)
        : this(options, SocketUaLinkSource.Instance, time ?? TimeProvider.System, Random.Shared.NextDouble)
    {
    }

    internal OpcUaClient(OpcUaClientOptions options, IUaLinkSource links, TimeProvider time, Func<double> random)
    {
        if (options.Endpoints.Count == 0)
        {
            throw new ArgumentException("At least one endpoint is needed.", nameof(options));
        }
        _options = options;
        _time = time;
        _servers = [.. options.Endpoints.Select(address => new ServerContact(address, options, links, time, _counters, _pool))];
        _delay = new ReconnectDelay(options.ReconnectDelayMsMin, options.ReconnectDelayMsMax, random);
    }

    public OpcUaClientState State { get; private set; }

    /// <summary>The server that the session is with; null before the first.</summary>
    public OpcUaAddress? Server { get; private set; }

    /// <summary>Why there is no connection, or why the last one ended; empty when there was no problem.</summary>
    public string LastProblem { get; private set; } = "";

    /// <summary>How many connections there have been.</summary>
    public int ConnectionNumber { get; private set; }

    /// <summary>How many sessions there have been.</summary>
    public int SessionNumber { get; private set; }

    /// <summary>How the channel is secured; null without one.</summary>
    public Security.SecurityPolicy? ChannelPolicy => Volatile.Read(ref _connection)?.Policy;

    /// <summary>The session's namespaces: what a namespace index stands for.</summary>
    public IReadOnlyList<string?> NamespaceArray => _facts.Namespaces;

    /// <summary>How much the server takes in one request.</summary>
    public OpcUaOperationLimits OperationLimits => _facts.Limits;

    public OpcUaClientStatistics Statistics => new(
        ConnectionNumber, SessionNumber, _counters.Requests, _counters.Responses, _counters.LateResponses, _counters.Timeouts, _counters.Renewals,
        _counters.BytesSent, _counters.BytesReceived);

    private TimeSpan RequestTimeout => TimeSpan.FromMilliseconds(_options.RequestTimeoutMs);

    ValueTask<StatusCode> IUaServiceChannel.CallAsync<TExchange>(TExchange exchange, TimeSpan timeout, CancellationToken cancellation) =>
        CallAsync(exchange, timeout, cancellation);

    void IUaServiceChannel.Observe(IUaSessionObserver observer)
    {
        lock (_gate)
        {
            _observers = [.. _observers, observer];
        }
    }

    void IUaServiceChannel.Unobserve(IUaSessionObserver observer)
    {
        lock (_gate)
        {
            _observers = [.. _observers.Where(o => o != observer)];
        }
    }

    void IUaServiceChannel.Distrust(int connectionNumber, StatusCode status, string reason)
    {
        UaConnection? connection = Volatile.Read(ref _connection);
        if (connectionNumber == ConnectionNumber)
        {
            connection?.Close(status, reason);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The session ends with its subscriptions, so they need not be ended one by one.
        await DisconnectAsync().ConfigureAwait(false);
        await EndSubscriptionsAsync().ConfigureAwait(false);
    }

    private ValueTask<StatusCode> CallAsync(IUaExchange exchange, TimeSpan timeout, CancellationToken cancellation) =>
        Volatile.Read(ref _connection) is { } connection ? connection.CallAsync(exchange, timeout, cancellation) : new(StatusCodes.BadNotConnected);
}
