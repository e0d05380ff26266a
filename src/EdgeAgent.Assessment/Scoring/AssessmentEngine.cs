using EdgeAgent.Assessment.Baseline;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Assessment.Scoring;

/// <summary>The assessment itself: a pure function of ledger, rule pack, answers, observations and instant.</summary>
public static class AssessmentEngine
{
    /// <summary>Applies every rule.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The report instant lies after the instant of the assessment.</exception>
    /// <exception cref="InvalidOperationException">The rule pack has the bands of levels only.</exception>
    public static AssessmentResult Assess(AssessmentInputs inputs)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(inputs.AsOf, inputs.Now, nameof(inputs));
        RulePack pack = inputs.Pack.Rules;
        WindowLength ofPack = WindowLength.Of(pack);
        ObservationWindow window = ObservationWindow.Ending(inputs.AsOf, inputs.Window ?? ofPack);
        ObservationSet set = new(inputs.Observed.Accounts, window, pack.HistoryDays, inputs.Site, inputs.Ledger.Bindings);
        SiteFacts site = new(inputs.Ledger, pack, inputs.Observed, set, inputs.Site, inputs.Now, inputs.Points);
        CoverageReport report = new ReportBuilder(inputs.Ledger, inputs.Pack, set, site, inputs.Now).Build(inputs.Site, windowIsOverride: window.Length != ofPack);

        bool lastIsFollowed = UnixTicks.From(inputs.Now) >= (window.ToHour + 1) * UnixTicks.PerHour;
        SceneCollector scenes = new(pack, set, site, new DeviceRule(pack, set, site, inputs.Ledger, lastIsFollowed), inputs.Observed, inputs.Points);
        Dictionary<string, SceneEvidence> collected = pack.Scenes.Select(s => s.Name)
            .Concat(pack.FindItem(RulePack.CollectionNo)?.Options.Select(o => o.Key) ?? []).Distinct().ToDictionary(s => s, scenes.Collect);
        IndicatorSet indicators = new IndicatorBuilder(inputs.Ledger, pack, set, site, inputs.Observed, inputs.Points, report).Build(name => collected.GetValueOrDefault(name, SceneEvidence.None));

        IReadOnlyList<ItemResult> items = new ItemScorer(pack, inputs.Ledger.Answers, report, Suggested(pack, report, set, indicators, collected)).Score();
        IReadOnlyList<SceneResult> judged = SceneRule.Judge(pack, inputs.Ledger.Answers, name => collected.GetValueOrDefault(name, SceneEvidence.None));
        ScoreResult score = LevelRule.Score(pack, items, judged);
        Comparison? comparison = inputs.Before is null ? null : BaselineComparison.Compare(inputs.Before, inputs.Ledger, inputs.Pack, report, set);
        IReadOnlyList<Finding> findings = [.. new FindingsBuilder(inputs.Ledger, pack, set, site, report).Build(), .. BaselineComparison.Findings(inputs.Before, inputs.Ledger, pack, report)];
        return new AssessmentResult(
            report.Notice, report.RulePack, report.LedgerSha256, inputs.Site, report.AsOf, report.Window, report.ComputedAt, report.Provisional,
            Blockers(report, score, findings), report.Counts, indicators, items, judged, score,
            SubsidyRule.Estimate(pack, inputs.Ledger.Project, score.Level, ShanghaiTime.DayOf(inputs.AsOf)),
            inputs.WithTrend ? new TrendBuilder(inputs.Ledger, inputs.Pack, set, site, inputs.Now).Build() : [],
            findings, comparison, report.Devices, report.Exclusions, report.Unledgered);
    }

    private static Dictionary<(int, string), BilingualText> Suggested(
        RulePack pack, CoverageReport report, ObservationSet set, IndicatorSet indicators, IReadOnlyDictionary<string, SceneEvidence> collected)
    {
        Dictionary<(int, string), BilingualText> suggested = [];
        ILookup<string, SourceKey> sources = set.Sources.Keys.ToLookup(k => k.Asset, StringComparer.OrdinalIgnoreCase);
        foreach ((string option, BilingualText why) in NetworkRule.Suggest(pack, [.. report.Devices.Select(d => (d, (IReadOnlyList<SourceKey>)[.. sources[d.AssetNo]]))], indicators.Areas))
        {
            suggested[(NetworkRule.ItemNo, option)] = why;
        }

        foreach (RulePackOption option in pack.FindItem(RulePack.CollectionNo)?.Options ?? [])
        {
            if (collected.GetValueOrDefault(option.Key) is { IsCollected: true } evidence)
            {
                suggested[(RulePack.CollectionNo, option.Key)] =
                    new BilingualText(string.Join("；", evidence.Facts.Select(f => f.Zh)), string.Join("; ", evidence.Facts.Select(f => f.En)));
            }
        }

        return suggested;
    }

    private static IReadOnlyList<string> Blockers(CoverageReport report, ScoreResult score, IReadOnlyList<Finding> findings)
    {
        List<string> blockers = [.. report.Blockers];
        int severe = findings.Count(f => f.Severity == FindingSeverity.Severe);
        if (severe > 0)
        {
            blockers.Add($"severe findings: {severe} ({string.Join(", ", findings.Where(f => f.Severity == FindingSeverity.Severe).Select(f => f.Code.Text()).Distinct())}); each must be settled");
        }

        if (!score.Complete)
        {
            blockers.Add("not every item and scene has an accepted answer");
        }

        return blockers;
    }
}
