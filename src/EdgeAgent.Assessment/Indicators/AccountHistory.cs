using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>The hourly accounts of any number of devices, as a store or a heap of signed batches gives them.</summary>
/// <remarks>Not safe for concurrent use. The order in which accounts are added plays no part.</remarks>
/// <param name="allowSimulated">Whether simulated readings count as good, which only a demonstration does.</param>
public sealed class AccountHistory(bool allowSimulated)
{
    private const int ByReferenceMax = 200_000;

    private readonly Dictionary<DeviceSource, HourBlocks> _sources = [];
    private readonly Dictionary<string, List<(DeviceSource Source, HourBlocks Blocks)>> _bySite = new(StringComparer.Ordinal);
    private readonly Dictionary<DeviceSource, HourBlocks> _byReference = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<DeviceSource> _ahead = [];
    private readonly Dictionary<(DeviceSource Source, int Hour), int> _unbalanced = [];
    private readonly HashSet<(DeviceSource Source, int Hour)> _simulatedCounted = [];

    /// <summary>Whether simulated readings count as good.</summary>
    public bool AllowSimulated => allowSimulated;

    /// <summary>Devices with accounts.</summary>
    public IReadOnlyCollection<DeviceSource> Sources => _sources.Keys;

    /// <summary>Adds one account of one hour; the sums of a device's hour add up.</summary>
    public void Add(DeviceSource source, in ScanAccount account)
    {
        HourBlocks blocks = BlocksOf(source);
        bool balances = account.Balances && account is { Due: >= 0, Good: >= 0, Bad: >= 0, Missed: >= 0, MissedWhileDown: >= 0, Changed: >= 0, Filled: >= 0 };

        // What a source delivered afterwards for an instant that had been booked as missed is late data, and late data count.
        long good = balances ? account.Good + Math.Min(account.Filled, account.Missed) : 0;
        bool counts = account.Provenance == Provenance.Live || (account.Provenance == Provenance.Simulated && allowSimulated);
        bool imported = account.Provenance == Provenance.Imported;
        blocks.Add(account.Hour, new HourCounts(
            Math.Max(0, account.Due),
            Math.Clamp(account.MissedWhileDown, 0, Math.Max(0, account.Due)),
            Good: counts ? good : 0,
            Changed: counts ? Math.Min(account.Changed, good) : 0,
            Simulated: counts || imported ? 0 : good,
            Imported: imported ? good : 0));
        if (!balances)
        {
            _unbalanced[(source, account.Hour)] = _unbalanced.GetValueOrDefault((source, account.Hour)) + 1;
        }

        if (counts && account.Provenance == Provenance.Simulated && good > 0)
        {
            _simulatedCounted.Add((source, account.Hour));
        }
    }

    /// <summary>Notes that a device has accounts in hours that had not begun when the assessment was made.</summary>
    public void AddAhead(DeviceSource source) => _ahead.Add(source);

    /// <summary>The devices of a site, or of all.</summary>
    internal IEnumerable<(DeviceSource Source, HourBlocks Blocks)> Of(string? site) =>
        site is null ? _sources.Select(s => (s.Key, s.Value)) : _bySite.GetValueOrDefault(site) ?? [];

    /// <summary>The last hour before <paramref name="toHour"/> in which any device of a site had good readings, or null.</summary>
    internal int? LastGoodHour(string site, int toHour)
    {
        int? last = null;
        foreach ((_, HourBlocks blocks) in Of(site))
        {
            for (int hour = toHour - 1; hour > (last ?? blocks.FirstIn(0, toHour) - 1 ?? toHour); hour--)
            {
                if (blocks.At(hour).Good > 0)
                {
                    last = hour;
                }
            }
        }

        return last;
    }

    internal bool IsAhead(DeviceSource source) => _ahead.Contains(source);

    /// <summary>Account rows of [from, to) whose equations do not hold, by device.</summary>
    internal IReadOnlyList<(DeviceSource Source, int Rows)> Unbalanced(int from, int to) =>
        [.. _unbalanced.Where(u => u.Key.Hour >= from && u.Key.Hour < to).GroupBy(u => u.Key.Source).Select(g => (g.Key, g.Sum(u => u.Value)))];

    /// <summary>Whether simulated readings were let in within [from, to).</summary>
    internal bool HasSimulatedCounted(string? site, int from, int to) =>
        _simulatedCounted.Any(s => s.Hour >= from && s.Hour < to && (site is null || s.Source.Agent.Site == site));

    /// <summary>Forgets an hour of every device, to be read again.</summary>
    internal void Forget(int hour)
    {
        foreach (HourBlocks blocks in _sources.Values)
        {
            blocks.Clear(hour);
        }

        foreach (var key in _unbalanced.Keys.Where(k => k.Hour == hour).ToArray())
        {
            _unbalanced.Remove(key);
        }

        _simulatedCounted.RemoveWhere(s => s.Hour == hour);
    }

    internal void ForgetAhead() => _ahead.Clear();

    /// <summary>To be called when the store that gave the source objects gives new ones.</summary>
    internal void EndOfRead() => _byReference.Clear();

    private HourBlocks BlocksOf(DeviceSource source)
    {
        // A caller that makes a new object for each row must not make this table grow without end.
        if (_byReference.Count > ByReferenceMax)
        {
            _byReference.Clear();
        }

        if (!_byReference.TryGetValue(source, out HourBlocks? blocks))
        {
            if (!_sources.TryGetValue(source, out blocks))
            {
                blocks = new HourBlocks();
                _sources.Add(source, blocks);
                if (!_bySite.TryGetValue(source.Agent.Site, out var ofSite))
                {
                    _bySite.Add(source.Agent.Site, ofSite = []);
                }

                ofSite.Add((source, blocks));
            }

            _byReference.Add(source, blocks);
        }

        return blocks;
    }
}
