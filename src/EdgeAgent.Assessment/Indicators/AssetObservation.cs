using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>The sources that are bound to one asset, as lines of points that go on when a device is renamed, moved or re-addressed.</summary>
/// <remarks>Two sources are one line when they have the same address, or the same name on the same agent. Lines add up: each
/// owes what its own accounts say, so a second connection that fell silent cannot hide behind a lively first one.</remarks>
internal sealed class AssetObservation
{
    private AssetObservation(IReadOnlyList<SourceKey> sources, IReadOnlyList<HourSeries> lines)
    {
        Sources = sources;
        Lines = lines;
    }

    public IReadOnlyList<SourceKey> Sources { get; }

    public IReadOnlyList<HourSeries> Lines { get; }

    /// <summary>Whether nothing was read from the asset, and something only answered at its address.</summary>
    public bool IsProbeOnly => Sources.All(s => s.IsProbe);

    /// <summary>The first hour with accounts of any line.</summary>
    public int? FirstHour => Lines.Min(line => line.FirstHour);

    public static AssetObservation Of(IEnumerable<KeyValuePair<SourceKey, HourSeries>> sources, ObservationSet set)
    {
        SourceKey[] keys = [.. sources.Select(source => source.Key).Order(SourceOrder.Instance)];
        if (keys.Any(k => !k.IsProbe))
        {
            // What is read decides; that something answers as well neither helps nor harms.
            keys = [.. keys.Where(k => !k.IsProbe)];
        }

        int[] lineOf = [.. Enumerable.Range(0, keys.Length)];
        Dictionary<(AgentKey, string), int> byName = [];
        Dictionary<string, int> byAddress = new(StringComparer.Ordinal);
        for (int i = 0; i < keys.Length; i++)
        {
            Join(lineOf, i, byName, (keys[i].Agent, keys[i].Device));
            if (keys[i].Address.Length > 0)
            {
                Join(lineOf, i, byAddress, keys[i].Address);
            }
        }

        HourSeries[] lines = [.. Enumerable.Range(0, keys.Length).GroupBy(i => lineOf[i]).Select(line => HourSeries.Sum([.. line.Select(i => set.Sources[keys[i]])], set.HistoryFromHour, set.ToHour))];
        return new AssetObservation(keys, lines);
    }

    private static void Join<TKey>(int[] lineOf, int i, Dictionary<TKey, int> seen, TKey key)
        where TKey : notnull
    {
        if (seen.TryAdd(key, i))
        {
            return;
        }

        (int from, int to) = (lineOf[i], lineOf[seen[key]]);
        for (int k = 0; k < lineOf.Length; k++)
        {
            lineOf[k] = lineOf[k] == from ? to : lineOf[k];
        }
    }
}
