using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>Computes 设备数字化率 and 设备联网率 from ledger, rule pack and what the store has observed.</summary>
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
        WindowLength ofPack = rules.WindowDays is { } days ? WindowLength.OfDays(days) : WindowLength.OfMinutes(rules.WindowMinutes!.Value);
        ObservationWindow window = ObservationWindow.Ending(request.AsOf, request.Window ?? ofPack);
        ObservationSet set = new(window, rules.HistoryDays, rules.AllowSimulated);
        await ObservationReader.ReadAsync(store, request.Site, set, now, cancellation).ConfigureAwait(false);
        return new ReportBuilder(ledger, pack, set, now).Build(request.Site, windowIsOverride: window.Length != ofPack);
    }
}
