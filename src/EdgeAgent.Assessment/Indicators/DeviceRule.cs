using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>Rules R2, R3, R6 and R7 for one asset of the denominator.</summary>
internal sealed class DeviceRule(RulePack pack, ObservationSet set, IReadOnlyDictionary<string, string> sharedAddresses, bool lastIsFollowed)
{
    private readonly DigitalRule _digitalRule = new(pack);

    /// <param name="observation">The sources bound to the asset, or null when there are none.</param>
    public DeviceResult Assess(LedgerEntry entry, AssetObservation? observation)
    {
        ObservationWindow window = set.Window;
        int fromHour = ObservedFrom(entry, observation);
        HourCounts total = default;
        ExpectedReadings.Sum expected = default;
        int? lastGood = null;
        foreach (HourSeries line in observation?.Lines ?? [])
        {
            for (int hour = fromHour; hour < window.ToHour; hour++)
            {
                total = total.Plus(line.At(hour));
                lastGood = line.At(hour).Good > 0 ? Math.Max(lastGood ?? hour, hour) : lastGood;
            }

            ExpectedReadings.Sum sum = ExpectedReadings.Over(line, window, fromHour, lastIsFollowed, pack.CountAgentDowntime);
            expected = new(expected.Expected + sum.Expected, expected.Unaccounted + sum.Unaccounted);
        }

        Fraction coverage = new(total.Good, expected.Expected);
        int activeDays = observation is null ? 0 : ActiveDays.Count(
            pack, fromHour, window.ToHour, hour => observation.Lines.Any(line => line.At(hour).Good > 0));
        int requiredDays = ActiveDays.Required(pack, fromHour, window.ToHour);
        bool shared = sharedAddresses.ContainsKey(entry.AssetNo);
        DigitalLevel digital = _digitalRule.LevelOf(entry, ShanghaiTime.DayOf(window.AsOf), answered: total.Good > 0 && !shared);
        Facts facts = new(total, coverage, activeDays, requiredDays, window.ToHour - fromHour, fromHour > window.FromHour, shared, digital);
        IReadOnlyList<ReasonCode> reasons = Reasons(facts, observation);
        return new DeviceResult(
            entry.AssetNo,
            entry.Name,
            entry.Workshop,
            entry.Process,
            digital,
            Networked: reasons.Count == 0,
            Grade(coverage),
            coverage,
            activeDays,
            requiredDays,
            total.Good,
            expected.Expected,
            expected.Unaccounted,
            total.Changed,
            total.Simulated + total.Imported,
            facts.ObservedHours,
            lastGood is { } at ? ShanghaiTime.AtHour(at) : null,
            [.. observation?.Sources.Select(Describe).Distinct() ?? []],
            reasons);
    }

    /// <summary>The window's begin, or later where the asset was commissioned or first bound within it.</summary>
    private int ObservedFrom(LedgerEntry entry, AssetObservation? observation)
    {
        int from = Math.Max(set.Window.FromHour, ShanghaiTime.FirstHourOf(entry.CommissionDate));
        return Math.Min(Math.Max(from, observation?.FirstHour ?? from), set.Window.ToHour);
    }

    private IReadOnlyList<ReasonCode> Reasons(in Facts facts, AssetObservation? observation)
    {
        if (observation is null)
        {
            return [ReasonCode.NoBinding];
        }

        List<ReasonCode> reasons = [];
        void When(bool applies, ReasonCode reason)
        {
            if (applies)
            {
                reasons.Add(reason);
            }
        }

        HourCounts total = facts.Total;
        bool any = total.Good > 0;
        When(facts.Shared, ReasonCode.SharedAddress);
        When(facts.Clipped && facts.ObservedHours < pack.MinObservedHours, ReasonCode.Pending);
        When(!any && total.Simulated == 0 && total.Imported == 0, ReasonCode.NoData);
        When(any && !facts.Coverage.IsAtLeast(pack.MinCoverage), ReasonCode.LowCoverage);
        When(any && facts.ActiveDays < facts.RequiredDays, ReasonCode.FewDays);
        When(any && total.Good < pack.MinGood, ReasonCode.FewReadings);
        When(any && total.Changed == 0, ReasonCode.Frozen);
        When(any && pack.NetworkedNeedsDigital && facts.Digital < DigitalLevel.Evidenced, ReasonCode.NotDigital);

        // These explain a failure; they do not undo what live readings prove on their own.
        bool failed = !any || reasons.Count > 0;
        When(failed && total.Simulated > 0, ReasonCode.Simulated);
        When(failed && total.Imported > 0, ReasonCode.Imported);
        When(failed && observation.Sources.Any(set.IsAhead), ReasonCode.ClockSkew);
        return reasons;
    }

    private CoverageGrade Grade(Fraction coverage) =>
        coverage.IsAtLeast(pack.GoodCoverage) ? CoverageGrade.Good
        : coverage.IsAtLeast(pack.MinCoverage) ? CoverageGrade.Sufficient
        : CoverageGrade.NotCounted;

    private static string Describe(SourceKey source) => $"{source.Agent.Site}/{source.Agent.Agent}/{source.Device} {source.Address}";

    private readonly record struct Facts(
        HourCounts Total, Fraction Coverage, int ActiveDays, int RequiredDays, int ObservedHours, bool Clipped, bool Shared, DigitalLevel Digital);
}
