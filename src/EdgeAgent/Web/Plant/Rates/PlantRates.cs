using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Assessment.Scoring;
using EdgeAgent.Commands;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Web.Plant.Rates;

/// <summary>Assesses the plant in the background, so that no page waits for it and no number of watchers makes it dearer.</summary>
internal sealed class PlantRates(HubFiles files, ITimeSeriesStore store, TimeProvider time) : IDisposable
{
    private AccountCache? _accounts;
    private bool _allowsSimulated;

    /// <summary>The newest result.</summary>
    public PlantLedger Current { get; private set; } = PlantLedger.Empty;

    /// <summary>Assesses once. Fails never: what is wrong stands in the result, and the figures before stay.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        DateTimeOffset now = time.GetUtcNow();
        DeviceLedger? ledger = Current.Ledger;
        try
        {
            ledger = files.LoadLedger(now);
            LoadedRulePack rules = files.LoadRules(ledger);
            Current = new PlantLedger(ledger, await AssessAsync(ledger, rules, now, cancellation), null);
        }
        catch (Exception problem) when (problem is CommandFailure or StoreUnavailableException or IOException or InvalidDataException or InvalidOperationException or ArgumentException)
        {
            Current = new PlantLedger(ledger, Current.Result, problem.Message);
        }
    }

    public void Dispose() => _accounts?.Dispose();

    private async Task<AssessmentResult> AssessAsync(DeviceLedger ledger, LoadedRulePack rules, DateTimeOffset now, CancellationToken cancellation)
    {
        PointTable points = files.LoadPoints();
        ObservationWindow window = ObservationWindow.Ending(now, WindowLength.Of(rules.Rules));
        if (_accounts is null || _allowsSimulated != rules.Rules.AllowSimulated)
        {
            _accounts?.Dispose();
            _allowsSimulated = rules.Rules.AllowSimulated;
            _accounts = new AccountCache(store, _allowsSimulated);
        }

        return await await _accounts.UseAsync(
            window.FromHour - (24 * rules.Rules.HistoryDays), window.ToHour + 1, now,
            async history => AssessmentEngine.Assess(new AssessmentInputs
            {
                Site = files.Site,
                Ledger = ledger,
                Pack = rules,
                Observed = await AssessmentReader.ReadAsync(store, files.Site, rules.Rules, now, now, null, points, history, cancellation),
                AsOf = now,
                Now = now,
                Points = points,
                WithTrend = false,
            }),
            cancellation);
    }
}
