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

        List<string> proven = [];
        List<string> failed = [];
        foreach ((PlannedPoint point, SeriesInfo series) in _byScene[sceneName])
        {
            string? why = scene.Signals.Count > 0 ? WhyNot(scene, point, series) : WhyNoConnector(series);
            string name = $"{series.Key.Agent}/{series.Key.Device}/{series.Key.Tag}";
            (why is null ? proven : failed).Add(why is null ? $"{name}: {point.Purpose}" : $"{name}: {why}");
        }

        List<string> facts = proven.Count > 0 ? proven : failed;
        string[] shown = facts.Count <= FactsMax ? [.. facts] : [.. facts.Take(FactsMax), $"… {facts.Count - FactsMax} more"];
        return new SceneEvidence(proven.Count > 0, shown);
    }

    private static bool IsOf(PlannedPoint point, RulePackScene scene) =>
        point.Scenes.Contains(scene.Name) || (point.Scenes.Count == 0 && point.Signal is { } signal && scene.Signals.Contains(signal));

    private string? WhyNot(RulePackScene scene, PlannedPoint point, SeriesInfo series)
    {
        if (point.Signal is not { } signal || !scene.Signals.Contains(signal))
        {
            return $"is none of {string.Join(", ", scene.Signals)}";
        }

        if (!_sources.TryGetValue((new AgentKey(series.Key.Site, series.Key.Agent), series.Key.Device), out SourceKey[]? sources))
        {
            return "nothing came of its device";
        }

        IReadOnlyList<ReasonCode> reasons = _rule.ReasonsOf(AssetObservation.Of(sources.Select(s => KeyValuePair.Create(s, _set.Sources[s])), _set));
        if (reasons.Count > 0)
        {
            return string.Join(' ', reasons.Select(r => r.Text()));
        }

        if (signal != SceneSignal.Energy)
        {
            return null;
        }

        return !_valuesKnown ? "its values were not read"
            : !_profiles.TryGetValue(series.Key, out SeriesProfile? profile) ? "no number came in the window"
            : !profile.NeverFalls ? "falls, so it is no cumulative register"
            : !profile.MovedAtAll ? "never moved"
            : null;
    }

    /// <summary>A system that delivered machine-made records on enough days.</summary>
    private string? WhyNoConnector(SeriesInfo series)
    {
        HourSeries[] lines = [.. _sources.GetValueOrDefault((new AgentKey(series.Key.Site, series.Key.Agent), series.Key.Device), []).Select(s => _set.Sources[s])];
        int days = Enumerable.Range(_set.Window.FromHour, _set.Window.ToHour - _set.Window.FromHour)
            .Where(hour => lines.Any(line => line.At(hour).Good > 0)).Select(ShanghaiTime.DayOf).Distinct().Count();
        return days >= _pack.ConnectorDays ? null : $"records on {days} days of {_pack.ConnectorDays}";
    }
}
