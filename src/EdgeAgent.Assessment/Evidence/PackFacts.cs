using EdgeAgent.Assessment.Baseline;
using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>What the metrics of a pack are computed from; the same on the hub that makes it and on the machine that checks it.</summary>
/// <param name="Before">Accounts before the window as the hub states them.</param>
/// <param name="Accounts">Accounts from the window on, added up from signed batches.</param>
/// <param name="Now">The instant as of which the metrics are computed.</param>
internal sealed record PackFacts(
    string Site,
    DateTimeOffset AsOf,
    WindowLength? Window,
    DateTimeOffset Now,
    LoadedRulePack Rules,
    DeviceLedger Ledger,
    PointTable Points,
    SignedBaseline? Baseline,
    PackObserved Observed,
    IReadOnlyList<DeviceHour> Before,
    IReadOnlyList<DeviceHour> Accounts)
{
    public ObservationWindow ObservationWindow => WindowOf(Rules.Rules, AsOf, Window);

    public static ObservationWindow WindowOf(RulePack rules, DateTimeOffset asOf, WindowLength? window) =>
        ObservationWindow.Ending(asOf, window ?? WindowLength.Of(rules));
}
