using System.Globalization;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Findings;

/// <summary>Looks for everything by which figures could be made to look better than the plant is. Nothing that it finds is silent.</summary>
internal sealed class FindingsBuilder(DeviceLedger ledger, RulePack pack, ObservationSet set, SiteFacts site, CoverageReport report)
{
    /// <summary>Data of so few days, all of them the last ones, look like a machine that was connected for the inspection.</summary>
    private const int InspectionDaysMax = 3;

    private readonly Dictionary<string, DeviceResult> _results = report.Devices.ToDictionary(d => d.AssetNo, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<Finding> Build() =>
    [
        .. Frozen(), .. Shared(), .. Identical(), .. Clocks(), .. InspectionOnly(), .. Provenances(), .. new ChainFindings(site.Chains, set.Window).Build(),
        .. Unledgered(), .. Excluded(), .. NotDigital(), .. Unbalanced(), .. Stops(), .. TwoAgents(),
    ];

    internal static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    internal static string Instant(long ticks) =>
        UnixTicks.ToDateTimeOffset(ticks).ToOffset(ShanghaiTime.Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    internal static string InstantOfHour(int hour) => Instant(hour * UnixTicks.PerHour);

    private static string Name(SourceKey key) => $"{key.Agent.Site}/{key.Agent.Agent}/{key.Device}";

    private static string Name(SeriesKey key) => $"{key.Site}/{key.Agent}/{key.Device}/{key.Tag}";

    private static string Number(double value) => value.ToString("G9", CultureInfo.InvariantCulture);

    private IEnumerable<KeyValuePair<SourceKey, HourSeries>> Ordered() => set.Sources.OrderBy(s => s.Key, SourceOrder.Instance);

    private HourCounts InWindow(HourSeries series)
    {
        HourCounts sum = default;
        for (int hour = set.Window.FromHour; hour < set.Window.ToHour; hour++)
        {
            sum = sum.Plus(series.At(hour));
        }

        return sum;
    }

    private IEnumerable<Finding> Frozen()
    {
        foreach (DeviceResult device in report.Devices.Where(d => d.Good > 0 && d.Changed == 0))
        {
            yield return new Finding(
                FindingCode.FrozenValues, FindingSeverity.Severe, device.AssetNo, $"{device.Good} good readings in the window, and no value ever changed", [device.AssetNo],
                [new("good readings", Number(device.Good)), new("changed values", "0"), .. device.Sources.Select(s => new FindingEvidence("source", s, s))]);
        }

        // One dead point on a living machine is worth a look: a sensor may be broken, or a value typed into a register.
        foreach (SeriesProfile profile in site.Profiles.Where(p => !p.MovedAtAll && p.Good >= pack.MinGood * 10))
        {
            if (site.AssetOf.TryGetValue((new AgentKey(profile.Key.Site, profile.Key.Agent), profile.Key.Device), out string? asset)
                && _results.GetValueOrDefault(asset) is { Changed: > 0 })
            {
                yield return new Finding(
                    FindingCode.FrozenValues, FindingSeverity.Notice, asset, $"{profile.Key.Tag} had one and the same value throughout the window", [asset],
                    [new("good readings", Number(profile.Good), Name(profile.Key)), new("value", Number(profile.Min), Name(profile.Key))]);
            }
        }
    }

    private IEnumerable<Finding> Shared()
    {
        foreach (IGrouping<string, KeyValuePair<string, string>> address in site.Shared.GroupBy(s => s.Value, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            string[] assets = [.. address.Select(a => a.Key).Order(StringComparer.Ordinal)];
            yield return new Finding(
                FindingCode.SharedAddress, FindingSeverity.Severe, address.Key, $"one address is bound to {assets.Length} assets at the same time; none of them counts", assets,
                [.. Ordered().Where(s => s.Key.Address == address.Key && assets.Contains(s.Key.Asset, StringComparer.OrdinalIgnoreCase))
                    .Select(s => new FindingEvidence($"good readings of {s.Key.Asset}", Number(InWindow(s.Value).Good), Name(s.Key)))]);
        }
    }

    private IEnumerable<Finding> Identical()
    {
        foreach (SeriesPair pair in site.Pairs.OrderBy(p => Name(p.A), StringComparer.Ordinal).ThenBy(p => Name(p.B), StringComparer.Ordinal))
        {
            string? a = site.AssetOf.GetValueOrDefault((new AgentKey(pair.A.Site, pair.A.Agent), pair.A.Device));
            string? b = site.AssetOf.GetValueOrDefault((new AgentKey(pair.B.Site, pair.B.Agent), pair.B.Device));
            if (a is not null && a.Equals(b, StringComparison.OrdinalIgnoreCase))
            {
                continue; // two ways to one machine prove one machine
            }

            bool whole = (a is not null && site.Clones.ContainsKey(a)) || (b is not null && site.Clones.ContainsKey(b));
            yield return new Finding(
                FindingCode.IdenticalSeries, whole ? FindingSeverity.Severe : FindingSeverity.Warning, $"{Name(pair.A)} = {Name(pair.B)}",
                whole ? "all telling series of an asset go through the course of another's; what is copied does not count" : "two series of different devices go through the same course",
                [.. new[] { a, b }.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)],
                [
                    new("hours in which both moved", Number(pair.CommonHours)), new("hours that agree within 1 % of the range", Number(pair.AgreeingHours)),
                    new("hours with the very same extremes", Number(pair.ExactHours)), new("series", Name(pair.A), Name(pair.A)), new("series", Name(pair.B), Name(pair.B)),
                ]);
        }
    }

    private IEnumerable<Finding> Clocks()
    {
        foreach (ClockCheck check in site.Clocks.Where(c => c.IsWrong(pack)))
        {
            bool throughout = check.IsWrongThroughout(pack);
            yield return new Finding(
                FindingCode.ClockOffset, throughout ? FindingSeverity.Severe : FindingSeverity.Warning, check.Agent.Agent,
                throughout ? "the agent's clock was wrong throughout the window; its readings do not count" : "the agent's clock was wrong for a time, or went back",
                AssetsOf(check.Agent),
                [
                    new("batches looked at", Number(check.Samples)),
                    new("least seconds from making to storing", Number(check.LeastLagTicks / UnixTicks.PerSecond)),
                    new("seconds from making to storing, freshest batch of the worst hour", Number(check.MostLagTicks / UnixTicks.PerSecond)),
                    new("seconds that the clock went back", Number(check.JumpTicks / UnixTicks.PerSecond)),
                    new($"batch {check.Worst.Sequence} made at, by the agent", Instant(check.Worst.CreatedTicks)),
                    new($"batch {check.Worst.Sequence} stored at, by the hub", Instant(check.Worst.StoredTicks)),
                ]);
        }

        foreach (IGrouping<AgentKey, SourceKey> agent in Ordered().Select(s => s.Key).Where(set.IsAhead).GroupBy(s => s.Agent))
        {
            yield return new Finding(
                FindingCode.ClockOffset, FindingSeverity.Severe, agent.Key.Agent, "accounts lie in hours that had not begun when the report was made", AssetsOf(agent.Key),
                [.. agent.Select(s => new FindingEvidence("device with accounts in the future", s.Device, Name(s)))]);
        }
    }

    private string[] AssetsOf(AgentKey agent) =>
        [.. set.Sources.Keys.Where(s => s.Agent == agent && s.Asset.Length > 0).Select(s => s.Asset).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];

    private IEnumerable<Finding> InspectionOnly()
    {
        DateOnly lastDay = ShanghaiTime.DayOf(set.Window.ToHour - 1);
        if (set.Window.Length.Days <= InspectionDaysMax)
        {
            yield break;
        }

        ILookup<string, HourSeries> linesOf = set.Sources.ToLookup(s => s.Key.Asset, s => s.Value, StringComparer.OrdinalIgnoreCase);
        foreach (DeviceResult device in report.Devices.Where(d => d.Good > 0))
        {
            // Good since longer is by far the commonest, and the first hour tells it.
            HourSeries[] lines = [.. linesOf[device.AssetNo]];
            int first = GoodHours(lines).First();
            if (ShanghaiTime.DayOf(first) <= lastDay.AddDays(-InspectionDaysMax))
            {
                continue;
            }

            LedgerEntry entry = ledger.Find(device.AssetNo)!;
            DateOnly[] days = [.. GoodHours(lines).Select(ShanghaiTime.DayOf).Distinct()];
            if (entry.CommissionDate < days[0].AddDays(-pack.HistoryDays / 2))
            {
                yield return new Finding(
                    FindingCode.InspectionDayOnly, FindingSeverity.Severe, device.AssetNo,
                    $"in service since {entry.CommissionDate:yyyy-MM-dd}, and data came only on the last {days.Length} days before the report", [device.AssetNo],
                    [.. days.Select(d => new FindingEvidence("day with good readings", $"{d:yyyy-MM-dd}")), new("days looked at", Number((set.Window.ToHour - set.HistoryFromHour) / 24))]);
            }
        }
    }

    /// <summary>The hours of history and window in which any of the lines had good readings.</summary>
    private IEnumerable<int> GoodHours(HourSeries[] lines) =>
        Enumerable.Range(set.HistoryFromHour, set.Window.ToHour - set.HistoryFromHour).Where(hour => lines.Any(line => line.At(hour).Good > 0));

    private IEnumerable<Finding> Provenances()
    {
        foreach ((SourceKey key, HourSeries series) in Ordered())
        {
            HourCounts counts = InWindow(series);
            string[] assets = key.Asset.Length == 0 ? [] : [key.Asset];
            if (counts.Simulated > 0)
            {
                yield return new Finding(
                    FindingCode.SimulatedSource, FindingSeverity.Severe, Name(key), $"{counts.Simulated} readings of a simulator or a replay; they do not count", assets,
                    [new("simulated or replayed readings", Number(counts.Simulated), Name(key)), new("live good readings", Number(counts.Good), Name(key)), new("address", key.Address, Name(key))]);
            }

            if (counts.Imported > 0)
            {
                yield return new Finding(
                    FindingCode.ImportedSource, FindingSeverity.Warning, Name(key), $"{counts.Imported} readings were imported or typed in; they do not count", assets,
                    [new("imported readings", Number(counts.Imported), Name(key)), new("live good readings", Number(counts.Good), Name(key))]);
            }
        }
    }

    private IEnumerable<Finding> Unledgered() => report.Unledgered.Select(u => new Finding(
        FindingCode.UnledgeredSource, u.Class.Length == 0 ? FindingSeverity.Warning : FindingSeverity.Notice, $"{u.Site}/{u.Agent}/{u.Device}",
        u.Class.Length == 0 ? "sends, and no asset of the ledger claims it; it must be classified" : $"sends, and is classified as {u.Class}", [],
        [new("good readings", Number(u.Good), $"{u.Site}/{u.Agent}/{u.Device}"), new("address", u.Address), new("bound to", u.Asset.Length == 0 ? "(nothing)" : u.Asset)]));

    private IEnumerable<Finding> Excluded() => report.Exclusions.Where(e => e.HasData && e.Reason is not ReasonCode.ExcludedCategory).Select(e => new Finding(
        FindingCode.ExcludedSends, FindingSeverity.Warning, e.AssetNo, $"is left out of N ({e.Status}), and its device sends", [e.AssetNo],
        [new("reason of the exclusion", e.Reason.Text()), new("remark in the ledger", e.Remark.Length == 0 ? "(none)" : e.Remark)]));

    private IEnumerable<Finding> NotDigital() => report.Devices.Where(d => d.Reasons.Contains(ReasonCode.NotDigital)).Select(d => new Finding(
        FindingCode.NetworkedNotDigital, FindingSeverity.Warning, d.AssetNo, "sends readings, and nothing in the ledger shows that it is digital", [d.AssetNo],
        [new("basis in the ledger", LedgerTerms.Label(ledger.Find(d.AssetNo)!.DigitalBasis) is { Length: > 0 } basis ? basis : "(none)"), new("good readings", Number(d.Good))]));

    private IEnumerable<Finding> Unbalanced() => set.Unbalanced
        .OrderBy(u => u.Source.Agent.Agent, StringComparer.Ordinal).ThenBy(u => u.Source.Device, StringComparer.Ordinal).ThenBy(u => u.Source.Address, StringComparer.Ordinal)
        .Select(u => new Finding(
            FindingCode.UnbalancedAccounts, FindingSeverity.Severe, $"{u.Source.Agent.Site}/{u.Source.Agent.Agent}/{u.Source.Device}",
            "hourly accounts whose equations do not hold; their good readings are not believed", u.Source.Asset.Length == 0 ? [] : [u.Source.Asset],
            [new("accounts", Number(u.Rows))]));

    private IEnumerable<Finding> Stops()
    {
        foreach (DeviceResult device in report.Devices)
        {
            DeclaredStop[] stops = [.. ledger.Stops.Where(s => s.Covers(device.AssetNo))];
            foreach (RefusedStop refused in StopCalendar.Of(stops, set.Window, pack).Refused)
            {
                yield return new Finding(
                    FindingCode.StopsNotAccepted, FindingSeverity.Warning, device.AssetNo, $"declared stop {refused.Stop.Id} does not count, or not in full: {refused.Why}", [device.AssetNo],
                    [
                        new("from", Instant(refused.Stop.FromTicks)), new("to", Instant(refused.Stop.ToTicks)), new("logged at", Instant(refused.Stop.LoggedAtTicks)),
                        new("reason given", refused.Stop.Reason.Length == 0 ? "(none)" : refused.Stop.Reason),
                    ]);
            }
        }
    }

    private IEnumerable<Finding> TwoAgents()
    {
        foreach (IGrouping<(string Site, string Address), SourceKey> same in set.Sources.Keys.Where(k => k.Address.Length > 0 && k.Asset.Length > 0)
            .Order(SourceOrder.Instance).GroupBy(k => (k.Agent.Site, k.Address)))
        {
            string[] assets = [.. same.Select(k => k.Asset).Distinct(StringComparer.OrdinalIgnoreCase)];
            if (assets.Length > 1 && same.Select(k => k.Agent).Distinct().Count() > 1)
            {
                yield return new Finding(
                    FindingCode.AddressAtTwoAgents, FindingSeverity.Warning, same.Key.Address, "two agents bind the same address to different assets: one machine, or two networks?", assets,
                    [.. same.Select(k => new FindingEvidence($"bound to {k.Asset}", k.Address, Name(k)))]);
            }
        }
    }
}
