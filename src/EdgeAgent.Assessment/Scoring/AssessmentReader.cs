using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Scoring;

/// <summary>Reads from a store everything that an assessment of one enterprise looks at.</summary>
public static class AssessmentReader
{
    /// <summary>How far before the window a state is looked for, so that it is known at the window's begin.</summary>
    private const long StateBeforeTicks = UnixTicks.PerHour * 24;

    /// <param name="accounts">Accounts at hand, for instance from an <see cref="AccountCache"/>; null reads them.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be read now.</exception>
    public static async Task<Observations> ReadAsync(
        ITimeSeriesStore store, string? site, RulePack pack, DateTimeOffset asOf, DateTimeOffset now, WindowLength? window, PointTable points,
        AccountHistory? accounts, CancellationToken cancellation)
    {
        ObservationWindow hours = ObservationWindow.Ending(asOf, window ?? WindowLength.Of(pack));
        accounts ??= await ObservationReader.ReadAccountsAsync(
            store, site, hours.FromHour - (24 * pack.HistoryDays), hours.ToHour + 1, pack.AllowSimulated, now, cancellation).ConfigureAwait(false);
        IReadOnlyList<SeriesInfo> series = await store.ListSeriesAsync(site, cancellation).ConfigureAwait(false);
        List<StateTrace> states = [];
        foreach (SeriesInfo state in series.Where(s => points.Find(s.Key)?.Signal == SceneSignal.State))
        {
            states.Add(new StateTrace(state.Key, await store.ReadRangeAsync(
                state.Key, (hours.FromHour * UnixTicks.PerHour) - StateBeforeTicks, UnixTicks.From(hours.To), 0, cancellation).ConfigureAwait(false)));
        }

        return new Observations
        {
            Accounts = accounts,
            Devices = await store.ListDevicesAsync(site, cancellation).ConfigureAwait(false),
            Series = series,
            SeriesHours = await store.ReadSeriesHoursAsync(site, hours.FromHour, hours.ToHour, cancellation).ConfigureAwait(false),
            Last = await store.ReadLastAsync(site, cancellation).ConfigureAwait(false),
            Chains = await ObservationReader.ReadChainsAsync(store, site, cancellation).ConfigureAwait(false),
            States = states,
        };
    }
}
