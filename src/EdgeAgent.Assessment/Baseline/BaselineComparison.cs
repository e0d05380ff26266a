using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Baseline;

/// <summary>Rule R12: before against after, by the same pack, with the ledger of each time and over the assets of both times.</summary>
internal static class BaselineComparison
{
    private const int AssetsShownMax = 50;

    public static Comparison Compare(SignedBaseline before, DeviceLedger ledger, LoadedRulePack pack, CoverageReport after, ObservationSet set)
    {
        BaselineSnapshot then = before.Snapshot;
        Dictionary<string, BaselineAsset> assetsThen = then.Assets.ToDictionary(a => a.AssetNo, StringComparer.OrdinalIgnoreCase);
        DeviceResult[] both = [.. after.Devices.Where(d => assetsThen.GetValueOrDefault(d.AssetNo) is { Counted: true })];
        return new Comparison(
            then.Kind, before.Sha256, then.AsOf, then.RulePackSha256 == pack.Sha256,
            [
                Change(pack.Rules.Digitalization, pack.Rules, new Fraction(then.Digital, then.Total), new Fraction(after.Digitalization.N, after.Digitalization.D)),
                Change(pack.Rules.Networking, pack.Rules, new Fraction(then.Networked, then.Total), new Fraction(after.Networking.N, after.Networking.D)),
            ],
            [
                Change(pack.Rules.Digitalization, pack.Rules, new Fraction(both.Count(d => assetsThen[d.AssetNo].Digital), both.Length), new Fraction(both.Count(d => d.Digital >= DigitalLevel.Evidenced), both.Length)),
                Change(pack.Rules.Networking, pack.Rules, new Fraction(both.Count(d => assetsThen[d.AssetNo].Networked), both.Length), new Fraction(both.Count(d => d.Networked), both.Length)),
            ],
            Transitions(assetsThen, ledger, after, set));
    }

    /// <summary>A shrunken denominator, and assets that count as new although they were networked before.</summary>
    public static IEnumerable<Finding> Findings(SignedBaseline? before, DeviceLedger ledger, RulePack pack, CoverageReport after)
    {
        if (before?.Snapshot is not { } then)
        {
            yield break;
        }

        HashSet<string> now = new(after.Devices.Select(d => d.AssetNo), StringComparer.OrdinalIgnoreCase);
        string[] gone = [.. then.Assets.Where(a => a.Counted && !now.Contains(a.AssetNo)).Select(a => a.AssetNo)];
        if (then.Total > 0 && then.Total - after.Counts.Total > pack.ShrinkWarning * then.Total)
        {
            yield return new Finding(
                FindingCode.ShrinkingDenominator, FindingSeverity.Warning, "N",
                $"N shrank from {then.Total} to {after.Counts.Total} since the baseline, by more than {pack.ShrinkWarning * 100:0.##} %", gone,
                [new("N then", FindingsBuilder.Number(then.Total)), new("N now", FindingsBuilder.Number(after.Counts.Total)), .. Gone(gone, ledger, after)]);
        }
        else if (gone.Length > 0)
        {
            yield return new Finding(
                FindingCode.ShrinkingDenominator, FindingSeverity.Notice, "N", $"{gone.Length} assets of the baseline's N are not in N any more", gone, [.. Gone(gone, ledger, after)]);
        }

        // A machine that was networked before and has another number now looks new: the same serial number gives it away.
        Dictionary<string, BaselineAsset> assetsThen = then.Assets.ToDictionary(a => a.AssetNo, StringComparer.OrdinalIgnoreCase);
        foreach (DeviceResult device in after.Devices.Where(d => d.Networked && !assetsThen.ContainsKey(d.AssetNo)))
        {
            LedgerEntry entry = ledger.Find(device.AssetNo)!;
            LedgerEntry? same = entry.SerialNo.Length == 0 ? null
                : ledger.Entries.FirstOrDefault(e => e.AssetNo != entry.AssetNo && e.SerialNo == entry.SerialNo && e.Maker == entry.Maker && assetsThen.GetValueOrDefault(e.AssetNo) is { Networked: true });
            if (same is not null)
            {
                yield return new Finding(
                    FindingCode.NetworkedBefore, FindingSeverity.Severe, device.AssetNo, $"has the serial number of {same.AssetNo}, which was networked at the baseline", [device.AssetNo, same.AssetNo],
                    [new("serial number", entry.SerialNo), new("maker", entry.Maker)]);
            }
        }

        string[] claimed = [.. after.Devices.Where(d => d.Networked && assetsThen.GetValueOrDefault(d.AssetNo) is { Networked: true }).Select(d => d.AssetNo)
            .Where(assetNo => ledger.Find(assetNo)!.RetrofitDate is { } retrofit && retrofit > ShanghaiTime.DayOf(then.AsOf))];
        foreach (string assetNo in claimed)
        {
            yield return new Finding(
                FindingCode.NetworkedBefore, FindingSeverity.Warning, assetNo, "was networked at the baseline already, and the ledger claims a retrofit since", [assetNo],
                [new("baseline", $"{then.AsOf:yyyy-MM-dd}"), new("retrofit in the ledger", $"{ledger.Find(assetNo)!.RetrofitDate:yyyy-MM-dd}")]);
        }
    }

    private static IEnumerable<FindingEvidence> Gone(string[] gone, DeviceLedger ledger, CoverageReport after)
    {
        foreach (string assetNo in gone.Take(AssetsShownMax))
        {
            ExcludedAsset? excluded = after.Exclusions.FirstOrDefault(e => e.AssetNo.Equals(assetNo, StringComparison.OrdinalIgnoreCase));
            yield return new FindingEvidence(assetNo, ledger.Find(assetNo) is null ? "not in the ledger any more" : excluded is null ? "not counted" : $"{excluded.Status}, {excluded.Reason.Text()}");
        }

        if (gone.Length > AssetsShownMax)
        {
            yield return new FindingEvidence("more assets", FindingsBuilder.Number(gone.Length - AssetsShownMax));
        }
    }

    private static RateChange Change(RulePackItem item, RulePack pack, Fraction before, Fraction after)
    {
        RateResult then = RateResult.Of(item, pack.BinsTenths, (int)before.N, (int)before.D);
        RateResult now = RateResult.Of(item, pack.BinsTenths, (int)after.N, (int)after.D);
        if (then.Option is null || now.Option is null)
        {
            return new RateChange(item.No, item.Title, before, after, then.Option, now.Option, null, null);
        }

        decimal points = ((decimal)after.N / after.D * 100) - ((decimal)before.N / before.D * 100);
        string text = Math.Round(points, 2, MidpointRounding.AwayFromZero).ToString("+0.00;-0.00;0.00", System.Globalization.CultureInfo.InvariantCulture);
        return new RateChange(item.No, item.Title, before, after, then.Option, now.Option, text, now.Option[0] - then.Option[0]);
    }

    private static IReadOnlyList<Transition> Transitions(Dictionary<string, BaselineAsset> then, DeviceLedger ledger, CoverageReport after, ObservationSet set)
    {
        Dictionary<string, DeviceResult> now = after.Devices.ToDictionary(d => d.AssetNo, StringComparer.OrdinalIgnoreCase);
        List<Transition> transitions = [];
        foreach (string assetNo in then.Keys.Union(now.Keys, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal))
        {
            string was = then.TryGetValue(assetNo, out BaselineAsset? asset) ? State(asset.Counted, asset.Digital, asset.Networked) : "无";
            string became = now.TryGetValue(assetNo, out DeviceResult? device) ? State(true, device.Digital >= DigitalLevel.Evidenced, device.Networked)
                : ledger.Find(assetNo) is null ? "无" : State(false, false, false);
            if (was != became)
            {
                LedgerEntry? entry = ledger.Find(assetNo);
                int? first = set.Sources.Where(s => s.Key.Asset.Equals(assetNo, StringComparison.OrdinalIgnoreCase)).Min(s => s.Value.FirstHour);
                transitions.Add(new Transition(
                    assetNo, entry?.Name ?? asset?.Name ?? "", was, became, first is { } hour ? ShanghaiTime.AtHour(hour) : null, entry?.SerialNo ?? "", entry?.Evidence ?? []));
            }
        }

        return transitions;
    }

    private static string State(bool counted, bool digital, bool networked) =>
        !counted ? "不计入" : (digital, networked) switch { (true, true) => "数字化、联网", (true, false) => "数字化", (false, true) => "联网", _ => "未数字化" };
}
