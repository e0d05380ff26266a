using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Assessment.Scoring;

namespace EdgeAgent.Web.Assess;

/// <summary>What somebody wants assessed.</summary>
/// <param name="AsOf">The report instant; null: now, whenever that is.</param>
/// <param name="Window">A length other than the rule pack's, or null.</param>
/// <param name="Pack">A built-in rule pack other than the site's, or null.</param>
internal sealed record AssessmentQuestion(DateTimeOffset? AsOf, WindowLength? Window, string? Pack)
{
    public static AssessmentQuestion Now { get; } = new(null, null, null);

    /// <summary>Whether it is what the pages show: now, by the site's own rules.</summary>
    public bool IsUsual => this == Now;
}

/// <summary>An assessment with what it was made from.</summary>
/// <param name="LedgerStamp">State of the ledger, and of the baseline, that it rests on.</param>
internal sealed record Assessed(AssessmentResult Result, DeviceLedger Ledger, LoadedRulePack Rules, string LedgerStamp);

/// <summary>An assessment as it is at hand.</summary>
/// <param name="Refreshing">A newer one is being made.</param>
/// <param name="Problem">Why the newest attempt failed, so that this one is older than it should be; null when it did not.</param>
internal sealed record AssessedAnswer(Assessed Assessed, bool Refreshing, string? Problem);
