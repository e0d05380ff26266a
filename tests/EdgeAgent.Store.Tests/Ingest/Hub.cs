using EdgeAgent.Store.Agents;
using EdgeAgent.Store.Ingest;
using EdgeAgent.Store.Sqlite;
using EdgeAgent.Store.Tests.StoreContract;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Store.Tests.Ingest;

/// <summary>A hub in a directory: embedded store, registry and ingest, with a broker in memory.</summary>
internal sealed class Hub : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;

    public Hub(TempDirectory directory, Func<IngestOptions, IngestOptions>? change = null, Action<FaultyStore>? prepare = null)
    {
        Store = new FaultyStore(new SqliteTimeSeriesStore(
            new SqliteStoreOptions(directory.File("store")) { Maintenance = false, FullSync = false }, TimeProvider.System, NullLogger<SqliteTimeSeriesStore>.Instance));
        prepare?.Invoke(Store);
        Registry = AgentRegistry.Open(directory.Path, TimeProvider.System);
        var options = new IngestOptions { RefusedDirectory = directory.File("refused"), RetryMinMs = 1, RetryMaxMs = 5 };
        Ingest = new IngestService(Store, Registry, Link, change?.Invoke(options) ?? options, TimeProvider.System, NullLogger<IngestService>.Instance);
        _run = Ingest.RunAsync(_stop.Token);
    }

    public FaultyStore Store { get; }

    public AgentRegistry Registry { get; }

    public LoopLink Link { get; } = new();

    public IngestService Ingest { get; }

    public IngestStatistics Statistics => Ingest.Statistics;

    /// <summary>The end of ingest: faulted when it gave up.</summary>
    public Task Run => _run;

    public void Enrol(TestAgent agent) => Registry.Enrol(agent.Key, agent.Signer.PublicKey.Span, "test");

    public Task RefusedAsync(RefusalReason reason, long times = 1) =>
        Eventually.TrueAsync(() => Statistics.Refused.GetValueOrDefault(reason) >= times, $"{reason} counted {times} times");

    public Task HeldAsync(HoldReason reason, long times = 1) =>
        Eventually.TrueAsync(() => Statistics.Held.GetValueOrDefault(reason) >= times, $"{reason} counted {times} times");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Store.DisposeAsync();
        Registry.Dispose();
    }
}
