using EdgeAgent.Collector.Agent;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Web.Plant.Board;
using EdgeAgent.Web.Plant.Hours;
using EdgeAgent.Web.Plant.Rates;

namespace EdgeAgent.Web.Plant;

/// <summary>What is known of the plant at this moment, kept up in the background so that every page and every client reads the same memory.</summary>
/// <remarks>Values come with commits, agents with their own messages, accounts and totals from the store every few seconds, and the
/// assessment every half minute or more slowly where it takes long. No request of a page makes the store work for the state.</remarks>
internal sealed partial class PlantState : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AccountsEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RatesEvery = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FirstLooks = TimeSpan.FromMinutes(2);

    /// <summary>An agent from which nothing came for so long since the store returned is silent for reasons of its own.</summary>
    private static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CatchUpLeast = TimeSpan.FromMinutes(5);

    /// <summary>An assessment takes at most this part of a core.</summary>
    private const int RatesPauseFactor = 30;

    private readonly TimeProvider _time;
    private readonly ILogger<PlantState> _logger;
    private readonly PlantRates? _rates;
    private readonly long _beganAt;
    private bool _isFilled;
    private StoreReturn? _return;

    public PlantState(PlantSources sources, TimeProvider time, ILogger<PlantState> logger)
    {
        (Sources, _time, _logger, _beganAt) = (sources, time, logger, time.GetTimestamp());
        Board = new PlantBoard(sources.Site, time);
        Watch = new AgentWatch(sources.Site, Board, time);
        if (sources is { Store: { } store, Files: { } files })
        {
            Hours = new HourBoard(store, sources.Site, time);
            _rates = new PlantRates(files, store, time);
        }
    }

    public PlantSources Sources { get; }

    public PlantBoard Board { get; }

    public AgentWatch Watch { get; }

    /// <summary>Null on a gateway.</summary>
    public HourBoard? Hours { get; }

    public PlantLedger Ledger => _rates?.Current ?? PlantLedger.Empty;

    public StoreStanding Store { get; private set; } = StoreStanding.Unknown;

    /// <summary>Runs after each look at agents and store, at most once a second.</summary>
    public event Action? Looked;

    public DateTimeOffset Now => _time.GetUtcNow();

    public long NowTicks => UnixTicks.Now(_time);

    /// <summary>The instant as of which an agent's devices are judged: now, or, while the store is down and until it has caught up, the newest that it knows.</summary>
    /// <remarks>What a store does not take tells nothing about devices: they would all look lost with it, and be lost once more while their
    /// buffers are stored.</remarks>
    public long JudgedAt(AgentKey agent)
    {
        long now = NowTicks;
        (long newest, long stamp) = Board.NewestOf(agent);
        if (Store is { Available: false, DownSince: { } down })
        {
            return Math.Min(now, Math.Max(UnixTicks.From(down), newest));
        }

        // Buffers are delivered in order: a batch that was made after the return says that nothing older is left.
        bool isBehind = _return is { } back && newest < back.UpTicks
            && _time.GetElapsedTime(back.Stamp) < back.Patience && _time.GetElapsedTime(Math.Max(stamp, back.Stamp)) < StuckAfter;
        return isBehind ? Math.Min(now, Math.Max(_return!.DownTicks, newest)) : now;
    }

    /// <summary>Looks at everything at once, as the loop does over time; for tests and for the first page after a start.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        LookAtAgent();
        await LookAtStoreAsync(cancellation);
        await (_rates?.RefreshAsync(cancellation) ?? Task.CompletedTask);
        Looked?.Invoke();
    }

    public override void Dispose()
    {
        _rates?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Task rates = AssessAsync(stoppingToken);
        long accountsAt = 0;
        bool first = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                LookAtAgent();
                if (first || !Store.Available || _time.GetElapsedTime(accountsAt) >= AccountsEvery)
                {
                    (first, accountsAt) = (false, _time.GetTimestamp());
                    await LookAtStoreAsync(stoppingToken);
                }

                Looked?.Invoke();
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                LookFailed(_logger, problem); // A page that cannot be brought up to date must never end the collection.
            }

            await Task.Delay(Tick, _time, stoppingToken);
        }

        await rates;
    }

    private async Task AssessAsync(CancellationToken stopping)
    {
        while (_rates is not null && !stopping.IsCancellationRequested)
        {
            long began = _time.GetTimestamp();
            try
            {
                await _rates.RefreshAsync(stopping);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                LookFailed(_logger, problem);
            }

            TimeSpan pause = _time.GetElapsedTime(began) * RatesPauseFactor;
            // Whoever has just started looks for the first figures; after that half a minute is soon enough.
            TimeSpan least = _time.GetElapsedTime(_beganAt) < FirstLooks ? AccountsEvery : RatesEvery;
            await Task.Delay(pause > least ? pause : least, _time, stopping);
        }
    }

    private void LookAtAgent()
    {
        if (Sources.Agent() is not { } snapshot)
        {
            return;
        }

        Watch.LookedAt(new AgentKey(snapshot.Site, snapshot.Agent), AgentHealths.Of(snapshot, _time), Sources.Version, snapshot.Publishers.Any(p => p.Connected));
        if (!Sources.HasHub)
        {
            Board.TakeSnapshot(snapshot);
        }
    }

    private async Task LookAtStoreAsync(CancellationToken cancellation)
    {
        if (Sources.Store is not { } store)
        {
            return;
        }

        try
        {
            if (!_isFilled)
            {
                Board.Fill(
                    await store.ListDevicesAsync(Sources.Site, cancellation), await store.ListSeriesAsync(Sources.Site, cancellation),
                    await store.ReadLastAsync(Sources.Site, cancellation));
                _isFilled = true;
            }

            StoreTotals totals = await store.ReadTotalsAsync(null, cancellation);
            await Hours!.RefreshAsync(cancellation);
            StoreStanding before = Store;
            Store = Sources.Ingest()?.StoreProblem is { } problem ? (before with { Totals = totals, ReadAt = Now }).Down(problem, Now) : before.Up(totals, Now);
            if (Store.Available && before.DownSince is { } since)
            {
                // Buffers are stored many times faster than they filled.
                _return = new StoreReturn(UnixTicks.From(since), NowTicks, _time.GetTimestamp(), CatchUpLeast + (Now - since));
            }
        }
        catch (InvalidOperationException) when (Store.Totals is null && Sources.Ingest()?.StoreProblem is null)
        {
            // It is being opened.
        }
        catch (Exception down) when (down is StoreUnavailableException or InvalidOperationException)
        {
            Store = Store.Down(down.Message, Now);
        }
    }

    /// <summary>A store that answers again.</summary>
    private sealed record StoreReturn(long DownTicks, long UpTicks, long Stamp, TimeSpan Patience);

    [LoggerMessage(1, LogLevel.Warning, "The state of the plant could not be brought up to date.")]
    private static partial void LookFailed(ILogger logger, Exception problem);
}
