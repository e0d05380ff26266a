using EdgeAgent.Assessment.Baseline;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Indicators;

namespace EdgeAgent.Assessment.Scoring;

/// <summary>Everything that an assessment of one enterprise comes to, with what it rests on. Immutable; the same inputs give the same result.</summary>
/// <param name="Notice">What the reader must know first, for instance SIMULATED; null on a real result.</param>
/// <param name="Window">Begin and end of the window W.</param>
/// <param name="ComputedAt">The instant as of which it was computed; it decides only whether the result is provisional and what is online.</param>
/// <param name="Provisional">Whether late readings may still change it.</param>
/// <param name="Blockers">Why this is not final; empty when it is.</param>
/// <param name="Items">The 15 items, by number.</param>
/// <param name="Scenes">The 16 scenes, in the order of the form.</param>
/// <param name="Subsidy">Null when the rule pack pays nothing at the reached level.</param>
/// <param name="Trend">Day by day, ascending, up to the last day of the window.</param>
/// <param name="BeforeAfter">Null without a baseline.</param>
/// <param name="Devices">The assets of the denominator, by number.</param>
/// <param name="Exclusions">The lines of the ledger that are not in it.</param>
public sealed record AssessmentResult(
    string? Notice,
    ReportRulePack RulePack,
    string LedgerSha256,
    string? Site,
    DateTimeOffset AsOf,
    IReadOnlyList<DateTimeOffset> Window,
    DateTimeOffset ComputedAt,
    bool Provisional,
    IReadOnlyList<string> Blockers,
    ReportCounts Counts,
    IndicatorSet Indicators,
    IReadOnlyList<ItemResult> Items,
    IReadOnlyList<SceneResult> Scenes,
    ScoreResult Score,
    SubsidyEstimate? Subsidy,
    IReadOnlyList<DayTrend> Trend,
    IReadOnlyList<Finding> Findings,
    Comparison? BeforeAfter,
    IReadOnlyList<DeviceResult> Devices,
    IReadOnlyList<ExcludedAsset> Exclusions,
    IReadOnlyList<UnledgeredSource> Unledgered);
