using EdgeAgent.Core.Configuration;
using EdgeAgent.Store;
using EdgeAgent.Store.Agents;
using EdgeAgent.Store.Forward;
using EdgeAgent.Store.Ingest;
using EdgeAgent.Web;

namespace EdgeAgent.Hosting;

/// <summary>The hub: takes batches from the broker, stores them, acknowledges them.</summary>
/// <param name="connection">Gives the broker to receive from, once that is known.</param>
internal sealed partial class HubRole(HubConfig config, Func<MqttConnectionConfig> connection, TimeProvider time, ILoggerFactory loggers) : IRole
{
    private readonly CancellationTokenSource _stop = new();
    private HubStore? _store;
    private AgentRegistry? _registry;
    private MqttHubLink? _link;
    private IngestService? _ingest;
    private Task _running = new TaskCompletionSource().Task;
    private StoreTotals _totals = new(0, 0, 0, 0, default);

    public string Name => "hub";

    private readonly Forwards _forwards = new(config.Forward, time, loggers);

    public HubStore Store => _store ??= new(StoreFactory.Create(config, time, loggers), time, config.Forward.Count == 0 ? null : _forwards.Take);

    /// <summary>Sees what agents say of themselves; to be set before the start.</summary>
    public IAgentObserver? Observer { get; set; }

    public HubConfig Config => config;

    /// <summary>What ingest has done since the start; null before it.</summary>
    public IngestStatistics? Ingest => _ingest?.Statistics;

    /// <summary>Who may deliver; null before the start.</summary>
    public AgentRegistry? Registry => _registry;

    /// <summary>Lets the agent in that runs in this very process.</summary>
    public void TakeIn(string site, string agent, ReadOnlySpan<byte> publicKey) =>
        _registry?.Enrol(new AgentKey(site, agent), publicKey, "the agent in the hub's own process");

    /// <summary>The broker that it receives from.</summary>
    public MqttConnectionConfig Connection => connection();

    public Task Running => _running;

    public IReadOnlyList<string> ReasonsNotReady
    {
        get
        {
            if (_ingest?.Statistics is not { } statistics)
            {
                return ["hub: starting"];
            }

            List<string> reasons = [];
            if (statistics.StoreProblem is { } problem)
            {
                reasons.Add($"hub: the store does not take batches: {problem}");
            }

            if (!statistics.Connected)
            {
                reasons.Add("hub: no connection to the broker");
            }

            return reasons;
        }
    }

    public Task StartAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(config.DataDirectory);
        _registry = AgentRegistry.Open(config.DataDirectory, time);
        _link = HubLinkFactory.Create(connection(), time, loggers);
        IngestOptions options = new()
        {
            SharedGroup = config.SharedGroup,
            EnrolmentTokens = [.. config.EnrolmentTokens.Select(token => token.Reveal())],
            RefusedDirectory = Path.Combine(config.DataDirectory, "refused"),
            Observer = Observer,
        };
        _ingest = new IngestService(Store, _registry, _link, options, time, loggers.CreateLogger<IngestService>());
        _running = IngestAsync(_ingest);
        _ = SayFirstStoredAsync();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_link is not null)
        {
            await _link.DisposeAsync(); // While the broker is still there to hear the farewell.
        }
    }

    /// <remarks>Ledger and rule pack are read anew for each assessment; anything else of the hub takes a restart, which is said by the caller.</remarks>
    public Task ReloadAsync(AppConfig config, CancellationToken cancellation) => Task.CompletedTask;

    /// <remarks>Its locks and its registry answer. That batches move is not asked for: without a broker or a store they cannot.</remarks>
    public Task ProveAliveAsync(CancellationToken cancellation) => Task.Run(
        () =>
        {
            _ = _ingest?.Statistics;
            _ = _registry?.Find(default);
        },
        cancellation).WaitAsync(cancellation);

    public async ValueTask<HubView> ReadViewAsync(CancellationToken cancellation)
    {
        IngestStatistics? statistics = _ingest?.Statistics;
        bool available = statistics is { StoreProblem: null };
        try
        {
            _totals = await Store.ReadTotalsAsync(null, cancellation);
        }
        catch (Exception down) when (down is StoreUnavailableException or InvalidOperationException)
        {
            available = false; // The last totals known are shown.
        }

        (double p50, double p99) = Store.ReadLags();
        return new HubView(
            config.Store.Kind.ToString().ToLowerInvariant(),
            available,
            _totals.Readings,
            _totals.Batches,
            _totals.DuplicateBatches,
            statistics?.Refused.Values.Sum() ?? 0,
            _totals.DiscardedReadings,
            _registry?.List().Count(agent => agent.Status == EnrolmentStatus.Pending) ?? 0,
            double.IsNaN(p50) ? null : p50,
            double.IsNaN(p99) ? null : p99)
        {
            Forwards = _forwards.Statistics,
            Agents = _registry is null ? [] : HubFleet.Read(_registry, statistics),
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (_link is not null)
        {
            await _link.DisposeAsync();
        }

        _registry?.Dispose();
        await _forwards.DisposeAsync();
        await Store.DisposeAsync();
        _stop.Dispose();
    }

    private async Task SayFirstStoredAsync()
    {
        await Store.FirstStored;
        FirstStored(loggers.CreateLogger("EdgeAgent.Hub"), (long)(time.GetUtcNow() - EdgeStatus.ProcessStart()).TotalMilliseconds);
    }

    [LoggerMessage(1, LogLevel.Information, "First reading stored, {Milliseconds} ms after the process started.")]
    private static partial void FirstStored(ILogger logger, long milliseconds);

    private async Task IngestAsync(IngestService ingest)
    {
        try
        {
            await ingest.RunAsync(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped as wished.
        }
    }
}
