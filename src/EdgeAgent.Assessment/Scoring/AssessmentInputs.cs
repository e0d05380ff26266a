using EdgeAgent.Assessment.Baseline;
using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Scoring;

/// <summary>Everything that an assessment depends on. Equal inputs, in whatever order, give an equal result.</summary>
public sealed record AssessmentInputs
{
    /// <summary>The site, or null for all sites of the observations as one enterprise.</summary>
    public required string? Site { get; init; }

    /// <summary>The ledger as of the report instant, with answers, stops, bindings and project facts.</summary>
    public required DeviceLedger Ledger { get; init; }

    public required LoadedRulePack Pack { get; init; }

    public required Observations Observed { get; init; }

    /// <summary>The report instant T.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>When the assessment is made; decides only whether it is provisional and what is online.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>采集点表.</summary>
    public PointTable Points { get; init; } = PointTable.Empty;

    /// <summary>The state before the project, or null.</summary>
    public SignedBaseline? Before { get; init; }

    /// <summary>A window other than the rule pack's, or null.</summary>
    public WindowLength? Window { get; init; }

    /// <summary>Whether the trend by day is wanted; it takes as long as thirty assessments of the rates.</summary>
    public bool WithTrend { get; init; } = true;
}
