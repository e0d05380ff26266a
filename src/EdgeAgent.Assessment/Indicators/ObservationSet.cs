using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>The sources of a site as an assessment at one instant sees them: history and window, each hour under the asset that it is bound to.</summary>
/// <remarks>What people recorded about a binding goes before what the agent's configuration says. Accounts are kept by the hour, so
/// the hour within which a binding turns belongs to the asset that held at its begin.</remarks>
internal sealed class ObservationSet
{
    private readonly Dictionary<SourceKey, HourSeries> _sources = [];
    private readonly HashSet<SourceKey> _ahead = [];

    /// <param name="site">The site, or null for all sites as one enterprise.</param>
    /// <param name="historyDays">How far before the window to look for the first sign of a device.</param>
    public ObservationSet(AccountHistory accounts, ObservationWindow window, int historyDays, string? site, IReadOnlyList<DeviceBinding> bindings)
    {
        Window = window;
        HistoryFromHour = window.FromHour - (24 * historyDays);
        Dictionary<SourceKey, List<HourSeries>> parts = [];
        ILookup<string, DeviceBinding> byDevice = bindings.ToLookup(b => b.Device, StringComparer.Ordinal);
        foreach ((DeviceSource source, HourBlocks blocks) in accounts.Of(site))
        {
            DeviceBinding[] own = [.. byDevice[source.Device].Where(b => IsOf(b, source.Agent))];
            foreach ((string asset, HourSeries series) in Split(source, new HourSeries(blocks, HistoryFromHour, ToHour), own))
            {
                SourceKey key = new(source.Agent, source.Device, source.Driver, source.Address, asset);
                if (accounts.IsAhead(source))
                {
                    _ahead.Add(key);
                }

                if (series.FirstHour is not null)
                {
                    if (!parts.TryGetValue(key, out List<HourSeries>? list))
                    {
                        parts.Add(key, list = []);
                    }

                    list.Add(series);
                }
            }
        }

        foreach ((SourceKey key, List<HourSeries> list) in parts)
        {
            _sources.Add(key, HourSeries.Sum(list, HistoryFromHour, ToHour));
        }

        Unbalanced = [.. accounts.Unbalanced(HistoryFromHour, ToHour).Where(u => site is null || u.Source.Agent.Site == site)];
        SimulatedCounted = accounts.HasSimulatedCounted(site, window.FromHour, ToHour);
    }

    private ObservationSet(ObservationSet of, ObservationWindow window)
    {
        Window = window;
        HistoryFromHour = of.HistoryFromHour;
        foreach ((SourceKey key, HourSeries series) in of._sources)
        {
            HourSeries earlier = series.Slice(HistoryFromHour, ToHour);
            if (earlier.FirstHour is not null)
            {
                _sources.Add(key, earlier);
            }
        }

        Unbalanced = [];
    }

    public ObservationWindow Window { get; }

    /// <summary>First hour of the history before the window.</summary>
    public int HistoryFromHour { get; }

    /// <summary>One hour beyond the window, which tells whether the last one was accounted for to its end.</summary>
    public int ToHour => Window.ToHour + 1;

    public IReadOnlyDictionary<SourceKey, HourSeries> Sources => _sources;

    /// <summary>Account rows whose equations do not hold; their good readings are not believed.</summary>
    public IReadOnlyList<(DeviceSource Source, int Rows)> Unbalanced { get; }

    /// <summary>Whether simulated readings were let in.</summary>
    public bool SimulatedCounted { get; }

    /// <summary>Whether a source has accounts in hours that had not begun when the assessment was made.</summary>
    public bool IsAhead(SourceKey source) => _ahead.Contains(source);

    /// <summary>The same sources in an earlier window; what came after it is not seen. The history begins where it does here.</summary>
    public ObservationSet Earlier(ObservationWindow window) => new(this, window);

    /// <summary>Whether a binding is of the agent: it names it alone or with its site.</summary>
    public static bool IsOf(DeviceBinding binding, AgentKey agent) => binding.Agent == agent.Agent || binding.Agent == $"{agent.Site}/{agent.Agent}";

    private IEnumerable<(string Asset, HourSeries Series)> Split(DeviceSource source, HourSeries whole, DeviceBinding[] bindings)
    {
        if (bindings.Length == 0)
        {
            yield return (source.Asset.Trim(), whole);
            yield break;
        }

        // A run of hours under one asset is a part; the parts of one asset are summed by the caller.
        int from = HistoryFromHour;
        string asset = AssetAt(from);
        for (int hour = from + 1; hour <= ToHour; hour++)
        {
            string next = hour < ToHour ? AssetAt(hour) : "";
            if (hour == ToHour || !next.Equals(asset, StringComparison.OrdinalIgnoreCase))
            {
                yield return (asset, whole.Slice(from, hour));
                (from, asset) = (hour, next);
            }
        }

        string AssetAt(int hour) => (bindings.LastOrDefault(b => b.Holds(hour * UnixTicks.PerHour))?.AssetNo ?? source.Asset).Trim();
    }
}
