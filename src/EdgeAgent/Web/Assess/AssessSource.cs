using EdgeAgent.Assessment.Baseline;
using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Challenge;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Assessment.Scoring;
using EdgeAgent.Commands;
using EdgeAgent.Store;

namespace EdgeAgent.Web.Assess;

/// <summary>What the assessor's pages are made of: the hub's files and store, and one assessment at a time.</summary>
internal sealed class AssessSource(HubFiles files, ITimeSeriesStore store, TimeProvider time, CancellationToken stopping) : IDisposable
{
    // An assessment takes up to a second of a core; several at once would take the collection's.
    private readonly SemaphoreSlim _one = new(1);

    public HubFiles Files => files;

    public ITimeSeriesStore Store => store;

    public TimeProvider Time => time;

    /// <summary>Ends with the process; challenges are watched until then.</summary>
    public CancellationToken Stopping => stopping;

    public AuditLog Challenges { get; } = new(files.ChallengeLogPath, time);

    public async Task<AssessmentResult> AssessAsync(DateTimeOffset asOf, WindowLength? window, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            DateTimeOffset now = time.GetUtcNow();
            DeviceLedger ledger = files.LoadLedger(asOf);
            LoadedRulePack rules = files.LoadRules(ledger);
            PointTable points = files.LoadPoints();
            return AssessmentEngine.Assess(new AssessmentInputs
            {
                Site = files.Site,
                Ledger = ledger,
                Pack = rules,
                Observed = await AssessmentReader.ReadAsync(store, files.Site, rules.Rules, asOf, now, window, points, null, cancellation),
                AsOf = asOf,
                Now = now,
                Points = points,
                Before = files.ReadBaseline() is { } baseline ? SignedBaseline.Read(baseline, default) : null,
                Window = window,
            });
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
