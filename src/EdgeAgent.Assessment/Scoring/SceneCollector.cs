using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Scoring;

/// <summary>Rule R11: for which business scenes data are collected automatically.</summary>
/// <remarks>A scene of devices needs a point that tells one of the scene's signals, on a source that itself passes coverage, active
/// days, number, liveness and provenance. Another scene needs a connected system that delivered on enough days of the window.</remarks>
internal sealed class SceneCollector
{
    private const int FactsMax = 5;

    private readonly RulePack _pack;
    private readonly ObservationSet _set;
    private readonly DeviceRule _rule;
    private readonly ILookup<string, (PlannedPoint Point, SeriesInfo Series)> _byScene;
    private readonly Dictionary<SeriesKey, SeriesProfile> _profiles;
    private readonly Dictionary<(AgentKey, string), SourceKey[]> _sources;
    private readonly bool _valuesKnown;

    public SceneCollector(RulePack pack, ObservationSet set, SiteFacts site, DeviceRule rule, Observations observed, PointTable points)
    {
        (_pack, _set, _rule) = (pack, set, rule);
        _valuesKnown = observed.SeriesHours is not null;
        _profiles = site.Profiles.ToDictionary(p => p.Key);
        _sources = set.Sources.Keys.GroupBy(s => (s.Agent, s.Device)).ToDictionary(g => g.Key, g => g.Order(SourceOrder.Instance).ToArray());
        _byScene = observed.Series.OrderBy(s => s.Key.Site, StringComparer.Ordinal).ThenBy(s => s.Key.Agent, StringComparer.Ordinal)
            .ThenBy(s => s.Key.Device, StringComparer.Ordinal).ThenBy(s => s.Key.Tag, StringComparer.Ordinal)
            .Select(s => (Point: points.Find(s.Key), Series: s)).Where(p => p.Point is not null)
            .SelectMany(p => pack.Scenes.Where(scene => IsOf(p.Point!, scene)).Select(scene => (scene.Name, p.Point, p.Series)))
            .ToLookup(p => p.Name, p => (p.Point!, p.Series), StringComparer.Ordinal);
    }

    public SceneEvidence Collect(string sceneName)
    {
        if (_pack.FindScene(sceneName) is not { } scene)
        {
            return SceneEvidence.None;
        }

        List<BilingualText> proven = [];
        List<BilingualText> failed = [];
        foreach ((PlannedPoint point, SeriesInfo series) in _byScene[sceneName])
        {
            BilingualText? why = scene.Signals.Count > 0 ? WhyNot(scene, point, series) : WhyNoConnector(series);
            string name = $"{series.Key.Agent}/{series.Key.Device}/{series.Key.Tag}";
            (why is null ? proven : failed).Add(new BilingualText($"{name}：{why?.Zh ?? point.Purpose}", $"{name}: {why?.En ?? point.Purpose}"));
        }

        List<BilingualText> facts = proven.Count > 0 ? proven : failed;
        int more = facts.Count - FactsMax;
        BilingualText[] shown = more <= 0 ? [.. facts] : [.. facts.Take(FactsMax), new BilingualText($"……另有 {more} 项", $"… {more} more")];
        return new SceneEvidence(proven.Count > 0, shown);
    }

    private static bool IsOf(PlannedPoint point, RulePackScene scene) =>
        point.Scenes.Contains(scene.Name) || (point.Scenes.Count == 0 && point.Signal is { } signal && scene.Signals.Contains(signal));

    private BilingualText? WhyNot(RulePackScene scene, PlannedPoint point, SeriesInfo series)
    {
        if (point.Signal is not { } signal || !scene.Signals.Contains(signal))
        {
            return new BilingualText("不是该场景所需的信号", $"is none of {string.Join(", ", scene.Signals)}");
        }

        if (!_sources.TryGetValue((new AgentKey(series.Key.Site, series.Key.Agent), series.Key.Device), out SourceKey[]? sources))
        {
            return new BilingualText("其设备没有数据", "nothing came of its device");
        }

        IReadOnlyList<ReasonCode> reasons = _rule.ReasonsOf(AssetObservation.Of(sources.Select(s => KeyValuePair.Create(s, _set.Sources[s])), _set));
        if (reasons.Count > 0)
        {
            return new BilingualText(string.Join('；', reasons.Select(r => ReasonTexts.Text(r).Zh)), string.Join(' ', reasons.Select(r => r.Text())));
        }

        if (signal != SceneSignal.Energy)
        {
            return null;
        }

        return !_valuesKnown ? new BilingualText("未读取其数值", "its values were not read")
            : !_profiles.TryGetValue(series.Key, out SeriesProfile? profile) ? new BilingualText("统计窗口内没有数值", "no number came in the window")
            : !profile.NeverFalls ? new BilingualText("数值会下降，不是累计量", "falls, so it is no cumulative register")
            : !profile.MovedAtAll ? new BilingualText("从未变化", "never moved")
            : null;
    }

    /// <summary>A system that delivered machine-made records on enough days.</summary>
    private BilingualText? WhyNoConnector(SeriesInfo series)
    {
        HourSeries[] lines = [.. _sources.GetValueOrDefault((new AgentKey(series.Key.Site, series.Key.Agent), series.Key.Device), []).Select(s => _set.Sources[s])];
        int days = Enumerable.Range(_set.Window.FromHour, _set.Window.ToHour - _set.Window.FromHour)
            .Where(hour => lines.Any(line => line.At(hour).Good > 0)).Select(ShanghaiTime.DayOf).Distinct().Count();
        return days >= _pack.ConnectorDays ? null
            : new BilingualText($"{_pack.ConnectorDays} 天中仅 {days} 天有记录", $"records on {days} days of {_pack.ConnectorDays}");
    }
}
