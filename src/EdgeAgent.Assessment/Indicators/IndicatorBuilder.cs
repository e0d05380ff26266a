using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Assessment.Scoring;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>Measures what stands beside the two rates: areas, links, scenes, processes, points, completeness, OEE inputs.</summary>
internal sealed class IndicatorBuilder(
    DeviceLedger ledger, RulePack pack, ObservationSet set, SiteFacts site, Observations observed, PointTable points, CoverageReport report)
{
    private readonly Dictionary<string, DeviceResult> _results = report.Devices.ToDictionary(d => d.AssetNo, StringComparer.OrdinalIgnoreCase);

    public IndicatorSet Build(Func<string, SceneEvidence> sceneOf)
    {
        LedgerEntry[] counted = [.. ledger.Entries.Where(e => _results.ContainsKey(e.AssetNo))];
        int total = report.Counts.Total;
        return new IndicatorSet(
            report.Digitalization,
            new Fraction(report.Counts.Digital.Declared, total),
            new Fraction(report.Counts.Digital.Observed, total),
            report.Networking,
            report.Also.NetworkedOfDigital,
            new Fraction(report.Counts.Networked, report.Counts.TotalStrict),
            Areas(counted),
            Links(),
            Coverage.Of(ScenesOfItem4().Select(s => (s, sceneOf(s).IsCollected))),
            Processes(counted, keyOnly: false),
            Points(),
            new Fraction(report.Devices.Sum(d => d.Good), report.Devices.Sum(d => d.Expected)),
            Processes(counted, keyOnly: true),
            new OeeBuilder(set, site, observed, points).Build(counted.Select(e => e.AssetNo)));
    }

    private IEnumerable<string> ScenesOfItem4() => pack.FindItem(RulePack.CollectionNo)?.Options.Where(o => !o.Excludes).Select(o => o.Key) ?? [];

    private Coverage Areas(LedgerEntry[] counted) => Coverage.Of(PlantMap.Areas(ledger, counted).Select(area => (
        area.Key,
        counted.Any(e => _results[e.AssetNo].Networked && (area.Line.Length == 0 ? e.Workshop == area.Workshop : PlantMap.AreaOf(e)?.Key == area.Key)))));

    private Coverage Processes(LedgerEntry[] counted, bool keyOnly)
    {
        ILookup<string, DeviceResult> byProcess = counted.Where(e => e.Process.Length > 0).ToLookup(e => e.Process, e => _results[e.AssetNo], StringComparer.Ordinal);
        return Coverage.Of(PlantMap.Processes(ledger, counted).Where(p => p.IsKey || !keyOnly)
            .Select(p => (p.Name, byProcess[p.Name].Any(d => keyOnly ? d.Digital >= DigitalLevel.Evidenced : d.Networked))));
    }

    private IReadOnlyList<LinkCount> Links() => [.. set.Sources
        .Where(s => s.Value.HasAny(set.Window.FromHour, set.Window.ToHour) && HasGood(s.Value))
        .GroupBy(s => s.Key.Driver, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => new LinkCount(g.Key, g.Select(s => (s.Key.Agent, s.Key.Device)).Distinct().Count()))];

    /// <summary>A planned point is collected when its tag is configured and its device sent good readings in the window. Without a
    /// 采集点表 the configured tags are the plan.</summary>
    private Coverage Points()
    {
        HashSet<(AgentKey, string)> sending = [.. set.Sources.Where(s => HasGood(s.Value)).Select(s => (s.Key.Agent, s.Key.Device))];
        bool Collected(SeriesInfo s) => sending.Contains((new AgentKey(s.Key.Site, s.Key.Agent), s.Key.Device));
        if (points.Points.Count == 0)
        {
            return Coverage.Of(observed.Series.Select(s => ($"{s.Key.Agent}/{s.Key.Device}/{s.Key.Tag}", Collected(s))));
        }

        HashSet<PlannedPoint> collected = [.. observed.Series.Where(Collected).Select(s => points.Find(s.Key)).OfType<PlannedPoint>()];
        return Coverage.Of(points.Points.Select(p => ($"{(p.Agent.Length == 0 ? "" : p.Agent + "/")}{p.Device}/{p.Tag}", collected.Contains(p))));
    }

    private bool HasGood(HourSeries series)
    {
        for (int hour = set.Window.FromHour; hour < set.Window.ToHour; hour++)
        {
            if (series.At(hour).Good > 0)
            {
                return true;
            }
        }

        return false;
    }
}
