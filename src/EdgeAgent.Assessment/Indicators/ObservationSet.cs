using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>Everything that the store knows about the sources of a site, as far as an assessment needs it.</summary>
internal sealed class ObservationSet(ObservationWindow window, int historyDays, bool allowSimulated)
{
    private readonly Dictionary<SourceKey, HourSeries> _sources = [];
    private readonly HashSet<SourceKey> _ahead = [];

    public ObservationWindow Window => window;

    /// <summary>First hour of the history before the window.</summary>
    public int HistoryFromHour { get; } = window.FromHour - (24 * historyDays);

    /// <summary>One hour beyond the window, which tells whether the last one was accounted for to its end.</summary>
    public int ToHour => window.ToHour + 1;

    public IReadOnlyDictionary<SourceKey, HourSeries> Sources => _sources;

    /// <summary>Account rows whose equations do not hold; their good readings are not believed.</summary>
    public int UnbalancedRows { get; private set; }

    /// <summary>Whether a source has accounts in hours that had not begun when the assessment was made.</summary>
    public bool IsAhead(SourceKey source) => _ahead.Contains(source);

    public void Add(in DeviceHour row)
    {
        SourceKey key = KeyOf(row);
        if (!_sources.TryGetValue(key, out HourSeries? series))
        {
            series = new HourSeries(HistoryFromHour, window.FromHour, ToHour);
            _sources.Add(key, series);
        }

        ScanAccount account = row.Account;
        bool balances = account.Balances;
        UnbalancedRows += balances ? 0 : 1;
        long good = balances ? account.Good : 0;
        bool counts = account.Provenance == Provenance.Live || (account.Provenance == Provenance.Simulated && allowSimulated);
        bool imported = account.Provenance == Provenance.Imported;
        series.Add(account.Hour, new HourCounts(
            account.Due,
            account.MissedWhileDown,
            Good: counts ? good : 0,
            Changed: counts ? Math.Min(account.Changed, good) : 0,
            Simulated: counts || imported ? 0 : good,
            Imported: imported ? good : 0));
        SimulatedCounted |= counts && account.Provenance == Provenance.Simulated && good > 0 && account.Hour >= window.FromHour;
    }

    /// <summary>Whether simulated readings were let in.</summary>
    public bool SimulatedCounted { get; private set; }

    public void AddAhead(in DeviceHour row) => _ahead.Add(KeyOf(row));

    private static SourceKey KeyOf(in DeviceHour row) => new(row.Agent, row.Device, row.Driver, row.Address, row.Asset.Trim());
}
