using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>Rules R2, R3, R6 and R7 for one asset of the denominator.</summary>
internal sealed class DeviceRule(RulePack pack, ObservationSet set, SiteFacts site, DeviceLedger ledger, bool lastIsFollowed)
{
    private readonly DigitalRule _digitalRule = new(pack);
    private readonly DeclaredStop[] _stops = [.. ledger.Stops.OrderBy(s => s.FromTicks)];

    /// <summary>A source on its own, which no ledger line need claim: everything of rule R3 but the binding.</summary>
    private static readonly LedgerEntry NoAsset = new(
        0, "", "", "", "", "", "", "", "", false, AssetCategory.Production, CountUnit.Piece, AssetStatus.InUse, DateOnly.MinValue.AddDays(1), null, DigitalBasis.Unstated, "", null, [], "", null, "");

    /// <summary>Why sources do not pass coverage, active days, number, liveness and provenance; empty when they do.</summary>
    public IReadOnlyList<ReasonCode> ReasonsOf(AssetObservation observation) => [.. Assess(NoAsset, observation).Reasons.Where(r => r != ReasonCode.NotDigital)];

    /// <param name="observation">The sources bound to the asset, or null when there are none.</param>
    public DeviceResult Assess(LedgerEntry entry, AssetObservation? observation)
    {
        ObservationWindow window = set.Window;
        int fromHour = ObservedFrom(entry, observation);
        StopCalendar stops = StopCalendar.Of([.. _stops.Where(s => s.Covers(entry.AssetNo))], window, pack);
        HourCounts total = default;
        ExpectedReadings.Sum expected = default;
        int? lastGood = null;
        foreach (HourSeries line in observation?.Lines ?? [])
        {
            for (int hour = fromHour; hour < window.ToHour; hour++)
            {
                HourCounts counts = line.At(hour);
                total = total.Plus(counts);
                lastGood = counts.Good > 0 ? Math.Max(lastGood ?? hour, hour) : lastGood;
            }

            ExpectedReadings.Sum sum = ExpectedReadings.Over(line, window, fromHour, lastIsFollowed, pack.CountAgentDowntime, stops);
            expected = new(expected.Expected + sum.Expected, expected.Unaccounted + sum.Unaccounted);
        }

        Fraction coverage = new(total.Good, expected.Expected);
        int activeDays = observation is null ? 0 : ActiveDays.Count(
            pack, fromHour, window.ToHour, stops, hour => observation.Lines.Any(line => line.At(hour).Good > 0));
        int requiredDays = ActiveDays.Required(pack, fromHour, window.ToHour, stops);
        bool shared = site.Shared.ContainsKey(entry.AssetNo);
        bool cloned = site.Clones.ContainsKey(entry.AssetNo);
        DigitalLevel digital = _digitalRule.LevelOf(entry, ShanghaiTime.DayOf(window.AsOf), answered: total.Good > 0 && !shared && !cloned && observation?.IsProbeOnly == false, ledger.HasEvidence(entry));
        Facts facts = new(total, coverage, activeDays, requiredDays, window.ToHour - fromHour, BeganWithin(entry, observation), shared, cloned, digital);
        IReadOnlyList<ReasonCode> reasons = Reasons(entry, facts, observation);
        (DateTimeOffset? seen, bool online) = Online(observation);
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
            seen,
            online,
            (int)(stops.AcceptedTicks / TimeSpan.TicksPerHour),
            [.. observation?.Sources.Select(Describe).Distinct() ?? []],
            reasons);
    }

    /// <summary>The window's begin, or later where the asset was commissioned or first bound within it.</summary>
    private int ObservedFrom(LedgerEntry entry, AssetObservation? observation)
    {
        int from = Math.Max(set.Window.FromHour, ShanghaiTime.FirstHourOf(entry.CommissionDate));
        return Math.Min(Math.Max(from, observation?.FirstHour ?? from), set.Window.ToHour);
    }

    /// <summary>Whether the asset was commissioned, or first seen, not before the window: also in its first hour, which an hourly account cannot tell from the moment before.</summary>
    private bool BeganWithin(LedgerEntry entry, AssetObservation? observation) =>
        Math.Max(ShanghaiTime.FirstHourOf(entry.CommissionDate), observation?.FirstHour ?? int.MinValue) >= set.Window.FromHour;

    /// <summary>"在线": the last good reading is not older than three intervals or what the pack allows.</summary>
    private (DateTimeOffset? LastGood, bool Online) Online(AssetObservation? observation)
    {
        long? newest = null;
        bool online = false;
        foreach (SourceKey source in observation?.Sources ?? [])
        {
            if (site.LastGood(source, set.Sources[source], set.ToHour) is { } ticks)
            {
                newest = Math.Max(newest ?? ticks, ticks);
                double limitMs = Math.Max(3.0 * site.IntervalMs(source), pack.OnlineMinutes * 60_000.0);
                online |= (site.Now - UnixTicks.ToDateTimeOffset(ticks)).TotalMilliseconds <= limitMs;
            }
        }

        return (newest is { } at ? UnixTicks.ToDateTimeOffset(at).ToOffset(ShanghaiTime.Offset) : null, online);
    }

    private IReadOnlyList<ReasonCode> Reasons(LedgerEntry entry, in Facts facts, AssetObservation? observation)
    {
        if (observation is null)
        {
            return [site.IsBound(entry.AssetNo) ? ReasonCode.NotSeen : ReasonCode.NoBinding];
        }

        if (!observation.Lines.Any(line => line.HasAny(set.Window.FromHour, set.Window.ToHour)))
        {
            return [ReasonCode.NotSeen];
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
        When(facts.Cloned, ReasonCode.IdenticalSeries);
        When(any && observation.Sources.All(s => site.HasWrongClock(s.Agent)), ReasonCode.ClockSkew);
        When(facts.Clipped && facts.ObservedHours < pack.MinObservedHours, ReasonCode.Pending);
        When(!any && total.Simulated == 0 && total.Imported == 0, ReasonCode.NoData);
        When(any && !facts.Coverage.IsAtLeast(pack.MinCoverage), ReasonCode.LowCoverage);
        When(any && facts.ActiveDays < facts.RequiredDays, ReasonCode.FewDays);
        When(any && total.Good < pack.MinGood, ReasonCode.FewReadings);
        When(any && total.Changed == 0, ReasonCode.Frozen);
        When(observation.IsProbeOnly, ReasonCode.ProbeOnly);
        When(any && pack.NetworkedNeedsDigital && facts.Digital < DigitalLevel.Evidenced, ReasonCode.NotDigital);

        // These explain a failure; they do not undo what live readings prove on their own.
        bool failed = !any || reasons.Count > 0;
        When(failed && total.Simulated > 0, ReasonCode.Simulated);
        When(failed && total.Imported > 0, ReasonCode.Imported);
        When(failed && !reasons.Contains(ReasonCode.ClockSkew) && observation.Sources.Any(set.IsAhead), ReasonCode.ClockSkew);
        return reasons;
    }

    private CoverageGrade Grade(Fraction coverage) =>
        coverage.IsAtLeast(pack.GoodCoverage) ? CoverageGrade.Good
        : coverage.IsAtLeast(pack.MinCoverage) ? CoverageGrade.Sufficient
        : CoverageGrade.NotCounted;

    private static string Describe(SourceKey source) => $"{source.Agent.Site}/{source.Agent.Agent}/{source.Device} {source.Address}";

    private readonly record struct Facts(
        HourCounts Total, Fraction Coverage, int ActiveDays, int RequiredDays, int ObservedHours, bool Clipped, bool Shared, bool Cloned, DigitalLevel Digital);
}
