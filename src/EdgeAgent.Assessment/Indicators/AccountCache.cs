using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>Keeps the hourly accounts of a store in memory, so that an assessment reads only the hours that changed since the one before.</summary>
/// <remarks>An hour is read again when the store's version of it is another one. Versions are read before the accounts: what changes in
/// between is read now, and again the next time. So the accounts at hand are never older than the versions, and an assessment
/// over them is the one that reading everything would have given. Memory: 16 bytes for each device and hour.</remarks>
/// <param name="allowSimulated">Whether simulated readings count as good, which only a demonstration does.</param>
public sealed class AccountCache(ITimeSeriesStore store, bool allowSimulated) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<int, long> _versions = [];
    private readonly AccountHistory _history = new(allowSimulated);

    /// <summary>Hours that the last call had to read.</summary>
    public int HoursRead { get; private set; }

    /// <summary>Brings the accounts of [fromHour, toHour) up to date and works on them; nobody else does meanwhile. Hours before are forgotten.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read now.</exception>
    public async Task<T> UseAsync<T>(int fromHour, int toHour, DateTimeOffset now, Func<AccountHistory, T> use, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            (_, int firstAhead) = ObservationReader.Ahead(now);
            await RefreshAsync(fromHour, Math.Min(toHour, firstAhead), cancellation).ConfigureAwait(false);
            _history.ForgetAhead();
            await ObservationReader.ReadAheadAsync(store, null, _history, now, cancellation).ConfigureAwait(false);
            return use(_history);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task RefreshAsync(int fromHour, int toHour, CancellationToken cancellation)
    {
        IReadOnlyList<HourVersion> versions = await store.ReadHourVersionsAsync(fromHour, toHour, cancellation).ConfigureAwait(false);
        HourVersion[] changed = [.. versions.Where(v => _versions.GetValueOrDefault(v.Hour, -1) != v.Version)];
        HashSet<int> present = [.. versions.Select(v => v.Hour)];
        foreach (int gone in _versions.Keys.Where(hour => !present.Contains(hour)).ToArray())
        {
            Forget(gone);
        }

        HoursRead = changed.Length;
        for (int i = 0; i < changed.Length;)
        {
            int end = i;
            while (end + 1 < changed.Length && changed[end + 1].Hour == changed[end].Hour + 1)
            {
                end++;
            }

            await ReadAsync(changed[i..(end + 1)], cancellation).ConfigureAwait(false);
            i = end + 1;
        }
    }

    /// <summary>Reads a run of hours; until they are there whole, none of them has a version.</summary>
    private async Task ReadAsync(HourVersion[] run, CancellationToken cancellation)
    {
        foreach (HourVersion hour in run)
        {
            Forget(hour.Hour);
        }

        try
        {
            await store.VisitDeviceHoursAsync(
                null, run[0].Hour, run[^1].Hour + 1, (DeviceSource source, in ScanAccount account) => _history.Add(source, account), cancellation).ConfigureAwait(false);
        }
        catch
        {
            foreach (HourVersion hour in run)
            {
                _history.Forget(hour.Hour);
            }

            throw;
        }
        finally
        {
            _history.EndOfRead();
        }

        foreach (HourVersion hour in run)
        {
            _versions[hour.Hour] = hour.Version;
        }
    }

    private void Forget(int hour)
    {
        if (_versions.Remove(hour))
        {
            _history.Forget(hour);
        }
    }
}
