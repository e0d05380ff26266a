using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>Rule R9: whether devices behind one controller are machines of their own, each with its own running signal.</summary>
/// <remarks>A running signal is a point that the 采集点表 names as a state or a count and whose value moved in the window. That it
/// differs from those of the others is shown by its course. Without such points an address proves one machine.</remarks>
internal sealed class RunningSignals(PointTable points, ILookup<(AgentKey, string), SeriesProfile> profiles, IReadOnlyList<SeriesPair> pairs)
{
    private readonly HashSet<(SeriesKey, SeriesKey)> _same = [.. pairs.Select(p => (p.A, p.B)), .. pairs.Select(p => (p.B, p.A))];

    /// <summary>Whether every one of the devices has a running signal that is none of another's.</summary>
    public bool AreDistinct(IReadOnlyCollection<SourceKey> devices)
    {
        List<SeriesKey[]> signals = [.. devices.Select(d => profiles[(d.Agent, d.Device)]
            .Where(p => p.MovedAtAll && points.Find(p.Key)?.Signal is SceneSignal.State or SceneSignal.Count).Select(p => p.Key).ToArray())];
        return signals.TrueForAll(own => own.Length > 0 && own.Any(s => signals.TrueForAll(other => other == own || other.All(o => o != s && !_same.Contains((s, o))))));
    }
}
