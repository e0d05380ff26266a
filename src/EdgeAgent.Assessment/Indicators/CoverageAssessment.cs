using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>Computes 设备数字化率 and 设备联网率 alone from ledger, rule pack and the accounts in the store.</summary>
public sealed class CoverageAssessment(ITimeSeriesStore store, DeviceLedger ledger, LoadedRulePack pack, TimeProvider time)
{
    /// <summary>Reads the accounts of the window and applies the rules.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The report instant lies in the future.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read now.</exception>
    public async Task<CoverageReport> AssessAsync(AssessmentRequest request, CancellationToken cancellation)
    {
        DateTimeOffset now = time.GetUtcNow();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.AsOf, now, nameof(request));
        RulePack rules = pack.Rules;
        WindowLength ofPack = WindowLength.Of(rules);
        ObservationWindow window = ObservationWindow.Ending(request.AsOf, request.Window ?? ofPack);
        int historyFrom = window.FromHour - (24 * rules.HistoryDays);
        Observations observed = new()
        {
            Accounts = await ObservationReader.ReadAccountsAsync(store, request.Site, historyFrom, window.ToHour + 1, rules.AllowSimulated, now, cancellation).ConfigureAwait(false),
            Devices = await store.ListDevicesAsync(request.Site, cancellation).ConfigureAwait(false),
        };
        return Compute(observed, ledger, pack, request.Site, window, now);
    }

    /// <summary>The same from observations at hand, whoever gives them: a pure function.</summary>
    public static CoverageReport Compute(Observations observed, DeviceLedger ledger, LoadedRulePack pack, string? site, ObservationWindow window, DateTimeOffset now)
    {
        ObservationSet set = new(observed.Accounts, window, pack.Rules.HistoryDays, site, ledger.Bindings);
        SiteFacts facts = new(ledger, pack.Rules, observed, set, site, now, PointTable.Empty);
        return new ReportBuilder(ledger, pack, set, facts, now).Build(site, windowIsOverride: window.Length != WindowLength.Of(pack.Rules));
    }
}
