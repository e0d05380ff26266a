using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>Applies the rules to a ledger and a set of observations. Pure: the same inputs in any order give the same report.</summary>
internal sealed class ReportBuilder
{
    private readonly DeviceLedger _ledger;
    private readonly LoadedRulePack _pack;
    private readonly ObservationSet _set;
    private readonly DateTimeOffset _now;
    private readonly Denominator _denominator;
    private readonly ILookup<string, KeyValuePair<SourceKey, HourSeries>> _sourcesOfAsset;
    private readonly SiteFacts _site;

    public ReportBuilder(DeviceLedger ledger, LoadedRulePack pack, ObservationSet set, SiteFacts site, DateTimeOffset now)
    {
        _site = site;
        _ledger = ledger;
        _pack = pack;
        _set = set;
        _now = now;
        _denominator = new Denominator(pack.Rules);
        _sourcesOfAsset = set.Sources.ToLookup(source => source.Key.Asset, StringComparer.OrdinalIgnoreCase);
    }

    public CoverageReport Build(string? site, bool windowIsOverride)
    {
        LedgerEntry[] entries = [.. _ledger.Entries.OrderBy(e => e.AssetNo, StringComparer.Ordinal)];
        LedgerEntry[] counted = [.. entries.Where(e => _denominator.Exclusion(e, AsOf) is null)];
        DeviceResult[] devices = Assess(counted);
        ExcludedAsset[] exclusions = [.. entries.Select(Excluded).OfType<ExcludedAsset>()];
        UnledgeredSource[] unledgered = [.. Unledgered()];
        ReportCounts counts = new(
            devices.Length,
            entries.Count(e => _denominator.IsStrict(e, AsOf)),
            new DigitalCounts(CountDigital(devices, DigitalLevel.Declared), CountDigital(devices, DigitalLevel.Evidenced), CountDigital(devices, DigitalLevel.Observed)),
            devices.Count(d => d.Networked),
            devices.Count(d => d.OnlineNow),
            devices.Count(d => d.Reasons.Contains(ReasonCode.Pending)),
            unledgered.Count(u => u.Class.Length == 0),
            exclusions.Length);
        bool provisional = _now < _set.Window.To.AddHours(_pack.Rules.LateDataHours);
        return new CoverageReport(
            Notice(),
            new ReportRulePack(_pack, _set.Window.Length, windowIsOverride),
            _ledger.Sha256,
            site,
            AsOf,
            [_set.Window.From, _set.Window.To],
            _now.ToOffset(ShanghaiTime.Offset),
            provisional,
            [.. Blockers(counts, provisional, windowIsOverride)],
            counts,
            [
                RateResult.Of(_pack.Rules.Digitalization, _pack.Rules.BinsTenths, counts.Digital.Evidenced, counts.Total),
                RateResult.Of(_pack.Rules.Networking, _pack.Rules.BinsTenths, counts.Networked, counts.Total),
            ],
            Extras(counted, devices),
            devices,
            exclusions,
            unledgered,
            [.. Inconsistencies(counted, devices, exclusions)]);
    }

    private DateTimeOffset AsOf => _set.Window.AsOf;

    private DeviceResult[] Assess(LedgerEntry[] counted)
    {
        // Accounts of the hour after the window tell whether its last hour was complete, once that hour is over.
        bool lastIsFollowed = UnixTicks.From(_now) >= (_set.Window.ToHour + 1) * UnixTicks.PerHour;
        DeviceRule rule = new(_pack.Rules, _set, _site, _ledger, lastIsFollowed);
        return Array.ConvertAll(counted, entry => rule.Assess(
            entry, _sourcesOfAsset.Contains(entry.AssetNo) ? AssetObservation.Of(_sourcesOfAsset[entry.AssetNo], _set) : null));
    }

    private ExcludedAsset? Excluded(LedgerEntry entry) => _denominator.Exclusion(entry, AsOf) is not { } reason ? null : new ExcludedAsset(
        entry.AssetNo,
        entry.Name,
        LedgerTerms.Label(entry.Category),
        LedgerTerms.Label(entry.Status),
        reason,
        entry.Evidence,
        entry.Remark,
        HasData: _sourcesOfAsset[entry.AssetNo].Any(source => GoodInWindow(source.Value) > 0));

    private IEnumerable<UnledgeredSource> Unledgered() =>
        from source in _set.Sources.OrderBy(source => source.Key, SourceOrder.Instance)
        let key = source.Key
        where _ledger.Find(key.Asset) is null && source.Value.HasAny(_set.Window.FromHour, _set.Window.ToHour)
        select new UnledgeredSource(key.Agent.Site, key.Agent.Agent, key.Device, key.Driver, key.Address, key.Asset, GoodInWindow(source.Value), ClassOf(key));

    private string ClassOf(SourceKey key) => _ledger.Classifications
        .FirstOrDefault(c => c.Device == key.Device && (c.Agent == key.Agent.Agent || c.Agent == $"{key.Agent.Site}/{key.Agent.Agent}"))?.Class ?? "";

    private long GoodInWindow(HourSeries series)
    {
        long good = 0;
        for (int hour = _set.Window.FromHour; hour < _set.Window.ToHour; hour++)
        {
            good += series.At(hour).Good;
        }

        return good;
    }

    private static int CountDigital(DeviceResult[] devices, DigitalLevel atLeast) => devices.Count(d => d.Digital >= atLeast);

    private ReportExtras Extras(LedgerEntry[] entries, DeviceResult[] devices)
    {
        (LedgerEntry Entry, DeviceResult Result)[] inProcess = [.. entries.Zip(devices).Where(pair => pair.First.Process.Length > 0)];
        ILookup<string, (LedgerEntry Entry, DeviceResult Result)> byProcess = inProcess.ToLookup(pair => pair.Entry.Process, StringComparer.Ordinal);
        IReadOnlyList<PlantProcess> processes = PlantMap.Processes(_ledger, entries);
        PlantProcess[] key = [.. processes.Where(p => p.IsKey)];
        int digital = CountDigital(devices, DigitalLevel.Evidenced);
        return new ReportExtras(
            new Fraction(devices.Count(d => d.Networked && d.Digital >= DigitalLevel.Evidenced), digital),
            new Fraction(key.Count(p => byProcess[p.Name].Any(pair => pair.Result.Digital >= DigitalLevel.Evidenced)), key.Length),
            new Fraction(processes.Count(p => byProcess[p.Name].Any(pair => pair.Result.Networked)), processes.Count));
    }

    private string? Notice() => _set.SimulatedCounted ? NoticeTexts.Simulated.En
        : _pack.Rules.Demonstration ? NoticeTexts.Demonstration.En
        : null;

    private IEnumerable<string> Blockers(ReportCounts counts, bool provisional, bool windowIsOverride)
    {
        if (Notice() is { } notice)
        {
            yield return notice;
        }

        if (counts.Total == 0)
        {
            yield return "no asset of the ledger counts: the rates cannot be computed (不可计算)";
        }

        if (provisional)
        {
            yield return $"readings may arrive until {_pack.Rules.LateDataHours} h after the window";
        }

        if (windowIsOverride)
        {
            yield return $"the window is {_set.Window.Length}, not the one of the rule pack";
        }

        if (counts.Unledgered > 0)
        {
            yield return $"sources in no ledger line: {counts.Unledgered}; each must be classified";
        }

        if (_set.Unbalanced.Count > 0)
        {
            yield return $"hourly accounts that do not balance: {_set.Unbalanced.Sum(u => u.Rows)}; their readings are not counted";
        }
    }

    private IEnumerable<Inconsistency> Inconsistencies(LedgerEntry[] counted, DeviceResult[] devices, ExcludedAsset[] exclusions)
    {
        foreach ((LedgerEntry entry, DeviceResult device) in counted.Zip(devices))
        {
            if (device.Good > 0 && device.Digital == DigitalLevel.None)
            {
                string basis = LedgerTerms.Label(entry.DigitalBasis);
                yield return new(entry.AssetNo, $"sends readings, but its basis in the ledger ({basis}) does not make it digital");
            }

            if (_site.Shared.TryGetValue(entry.AssetNo, out string? address))
            {
                yield return new(entry.AssetNo, $"its address {address} is bound to another asset at the same time");
            }

            if (device.Networked && device.NotCounted > 0)
            {
                yield return new(entry.AssetNo, $"{device.NotCounted} simulated or imported readings were left out");
            }
        }

        foreach (ExcludedAsset excluded in exclusions.Where(e => e.HasData && e.Reason is not ReasonCode.ExcludedCategory))
        {
            yield return new(excluded.AssetNo, $"sends readings, but is not counted ({excluded.Reason.Text()})");
        }

        foreach (IGrouping<(string Site, string Address), SourceKey> same in _set.Sources.Keys
            .Where(key => key.Address.Length > 0 && key.Asset.Length > 0)
            .OrderBy(key => key, SourceOrder.Instance)
            .GroupBy(key => (key.Agent.Site, key.Address)))
        {
            AgentKey[] agents = [.. same.Select(key => key.Agent).Distinct()];
            if (agents.Length > 1 && same.Select(key => key.Asset).Distinct(StringComparer.OrdinalIgnoreCase).Count() > 1)
            {
                yield return new(same.Key.Address, $"is bound to different assets by agents {string.Join(", ", agents.Select(a => a.Agent))}: one machine or two networks?");
            }
        }
    }
}
