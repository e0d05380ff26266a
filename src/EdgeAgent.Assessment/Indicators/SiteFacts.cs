using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>What the rules for a single asset need to know of the whole site.</summary>
internal sealed class SiteFacts
{
    private readonly Dictionary<(AgentKey Agent, string Device), long> _lastGood = [];
    private readonly Dictionary<(AgentKey Agent, string Device), int> _intervalMs = [];
    private readonly Dictionary<AgentKey, long> _lastMade = [];
    private readonly HashSet<AgentKey> _wrongClocks;
    private readonly HashSet<string> _bound;
    private readonly ILookup<(AgentKey, string), SeriesProfile> _profiles;
    private readonly RunningSignals _running;

    public SiteFacts(DeviceLedger ledger, RulePack pack, Observations observed, ObservationSet set, string? site, DateTimeOffset now, Catalogue.PointTable points)
    {
        bool IsOfSite(AgentKey agent) => site is null || agent.Site == site;
        Now = now;
        Profiles = observed.SeriesHours is null ? []
            : [.. observed.SeriesHours.Where(h => (site is null || h.Series.Site == site) && h.Hour >= set.Window.FromHour && h.Hour < set.Window.ToHour)
                .GroupBy(h => h.Series).Select(g => new SeriesProfile(g.Key, [.. g]))
                .OrderBy(p => p.Key.Site, StringComparer.Ordinal).ThenBy(p => p.Key.Agent, StringComparer.Ordinal)
                .ThenBy(p => p.Key.Device, StringComparer.Ordinal).ThenBy(p => p.Key.Tag, StringComparer.Ordinal)];
        _profiles = Profiles.ToLookup(p => (new AgentKey(p.Key.Site, p.Key.Agent), p.Key.Device));
        Pairs = IdenticalSeries.Find(Profiles);
        AssetOf = AssetsByDevice(set);
        Clones = FindClones();
        Chains = [.. (observed.Chains ?? []).Where(c => IsOfSite(c.Agent))];
        Clocks = ClockCheck.Of(Chains, set.Window);
        _wrongClocks = [.. Clocks.Where(c => c.IsWrongThroughout(pack)).Select(c => c.Agent)];
        _bound = new HashSet<string>(
            observed.Devices.Where(d => IsOfSite(d.Agent)).Select(d => d.Asset.Trim())
                .Concat(ledger.Bindings.Where(b => b.Holds(UnixTicks.From(set.Window.AsOf) - 1)).Select(b => b.AssetNo)).Where(a => a.Length > 0),
            StringComparer.OrdinalIgnoreCase);
        _running = new RunningSignals(points, _profiles, Pairs);
        Shared = SharedAddresses.Find(set, _running);
        foreach (AgentChain chain in Chains)
        {
            _lastMade[chain.Agent] = chain.Times.Select(t => t.CreatedTicks).Append(_lastMade.GetValueOrDefault(chain.Agent)).Max();
        }

        foreach (SeriesPoint point in observed.Last.Where(p => p.Quality.IsGood && p.Provenance == Provenance.Live))
        {
            var key = (new AgentKey(point.Series.Site, point.Series.Agent), point.Series.Device);
            _lastGood[key] = Math.Max(_lastGood.GetValueOrDefault(key), point.SourceTicks);
        }

        foreach (SeriesInfo series in observed.Series)
        {
            var key = (new AgentKey(series.Key.Site, series.Key.Agent), series.Key.Device);
            _intervalMs[key] = Math.Max(_intervalMs.GetValueOrDefault(key), series.IntervalMs);
        }
    }

    private SiteFacts(SiteFacts of, ObservationSet earlier)
    {
        (Now, Profiles, Pairs, AssetOf, Clones, Chains, Clocks) = (of.Now, [], [], of.AssetOf, of.Clones, of.Chains, of.Clocks);
        (_wrongClocks, _bound, _profiles) = (of._wrongClocks, of._bound, of._profiles);
        Shared = SharedAddresses.Find(earlier, of._running);
        _running = of._running;
    }

    /// <summary>The same facts for an earlier window: who shares an address is looked up anew, what values and clocks told holds.</summary>
    public SiteFacts At(ObservationSet earlier) => new(this, earlier);

    public DateTimeOffset Now { get; }

    public IReadOnlyList<SeriesProfile> Profiles { get; }

    /// <summary>Series that go through the same course.</summary>
    public IReadOnlyList<SeriesPair> Pairs { get; }

    public IReadOnlyList<AgentChain> Chains { get; }

    public IReadOnlyList<ClockCheck> Clocks { get; }

    /// <summary>Assets that share an address, each with the address.</summary>
    public IReadOnlyDictionary<string, string> Shared { get; }

    /// <summary>Assets all of whose telling series are those of another asset, each with that asset.</summary>
    public IReadOnlyDictionary<string, string> Clones { get; }

    /// <summary>The asset that a device is bound to at the end of the window.</summary>
    public IReadOnlyDictionary<(AgentKey Agent, string Device), string> AssetOf { get; }

    public bool HasWrongClock(AgentKey agent) => _wrongClocks.Contains(agent);

    /// <summary>Whether a definition or a person binds a device to the asset, although nothing may ever have come.</summary>
    public bool IsBound(string assetNo) => _bound.Contains(assetNo);

    public IEnumerable<SeriesProfile> ProfilesOf(AgentKey agent, string device) => _profiles[(agent, device)];

    /// <summary>When the newest good reading of a device was taken, as far as is known: its last stored reading, or, in an hour in which
    /// every due reading was good, the agent's last batch, because values that do not change are not sent.</summary>
    public long? LastGood(SourceKey source, HourSeries series, int toHour)
    {
        long stored = _lastGood.GetValueOrDefault((source.Agent, source.Device));
        for (int hour = toHour - 1; hour >= Math.Max(series.FirstHour ?? toHour, toHour - 48); hour--)
        {
            HourCounts counts = series.At(hour);
            if (counts.Good > 0)
            {
                long begin = hour * UnixTicks.PerHour;
                long end = begin + UnixTicks.PerHour - 1;
                long seen = counts.Good == counts.Due ? Math.Clamp(_lastMade.GetValueOrDefault(source.Agent), begin, end) : begin;
                stored = Math.Max(stored, seen);
                break;
            }
        }

        return stored == 0 ? null : Math.Min(stored, UnixTicks.From(Now));
    }

    /// <summary>Longest interval of the device's tags.</summary>
    public int IntervalMs(SourceKey source) => _intervalMs.GetValueOrDefault((source.Agent, source.Device));

    private static Dictionary<(AgentKey, string), string> AssetsByDevice(ObservationSet set)
    {
        Dictionary<(AgentKey, string), (string Asset, int Last)> found = [];
        foreach ((SourceKey key, HourSeries series) in set.Sources.Where(s => s.Key.Asset.Length > 0))
        {
            int last = set.Window.ToHour - 1;
            while (last > set.HistoryFromHour && !series.Has(last))
            {
                last--;
            }

            if (!found.TryGetValue((key.Agent, key.Device), out var known) || last > known.Last
                || (last == known.Last && string.CompareOrdinal(key.Asset, known.Asset) < 0))
            {
                found[(key.Agent, key.Device)] = (key.Asset, last);
            }
        }

        return found.ToDictionary(f => f.Key, f => f.Value.Asset);
    }

    private Dictionary<string, string> FindClones()
    {
        Dictionary<string, HashSet<SeriesKey>> telling = new(StringComparer.OrdinalIgnoreCase);
        foreach (SeriesProfile profile in Profiles.Where(p => p.Tells))
        {
            if (AssetOf.TryGetValue((new AgentKey(profile.Key.Site, profile.Key.Agent), profile.Key.Device), out string? asset))
            {
                (telling.TryGetValue(asset, out var keys) ? keys : telling[asset] = []).Add(profile.Key);
            }
        }

        Dictionary<(string, string), HashSet<SeriesKey>> same = [];
        foreach (SeriesPair pair in Pairs)
        {
            string? a = AssetOf.GetValueOrDefault((new AgentKey(pair.A.Site, pair.A.Agent), pair.A.Device));
            string? b = AssetOf.GetValueOrDefault((new AgentKey(pair.B.Site, pair.B.Agent), pair.B.Device));
            if (a is not null && b is not null && !a.Equals(b, StringComparison.OrdinalIgnoreCase))
            {
                (same.TryGetValue((a, b), out var ofA) ? ofA : same[(a, b)] = []).Add(pair.A);
                (same.TryGetValue((b, a), out var ofB) ? ofB : same[(b, a)] = []).Add(pair.B);
            }
        }

        Dictionary<string, string> clones = new(StringComparer.OrdinalIgnoreCase);
        foreach (((string asset, string other), HashSet<SeriesKey> keys) in same.OrderBy(s => s.Key.Item1, StringComparer.Ordinal).ThenBy(s => s.Key.Item2, StringComparer.Ordinal))
        {
            if (keys.Count == telling[asset].Count)
            {
                clones.TryAdd(asset, other);
            }
        }

        return clones;
    }
}
