using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Web.Plant.Hours;

/// <summary>The accounts of the last eight days by device and hour, read from the store in the background: only hours that changed are read again.</summary>
/// <remarks>Refreshed by one caller; read from anywhere. About 40 bytes for each device and hour.</remarks>
internal sealed class HourBoard(ITimeSeriesStore store, string site, TimeProvider time)
{
    public const int HoursKept = 24 * 8;

    /// <summary>Clocks of gateways may run ahead.</summary>
    private const int HoursAhead = 2;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, Dictionary<(string Agent, string Device), HourCell>> _hours = [];
    private readonly Dictionary<int, long> _versions = [];

    /// <summary>Whether everything was read at least once.</summary>
    public bool IsFilled { get; private set; }

    /// <exception cref="StoreUnavailableException">The store cannot be read now; what is kept stays.</exception>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        int now = UnixTicks.HourOf(UnixTicks.Now(time));
        (int from, int to) = (now - HoursKept, now + HoursAhead);
        IReadOnlyList<HourVersion> versions = await store.ReadHourVersionsAsync(from, to, cancellation);
        foreach (HourVersion version in versions.Where(v => _versions.GetValueOrDefault(v.Hour, -1) != v.Version))
        {
            Dictionary<(string, string), HourCell> cells = [];
            await store.VisitDeviceHoursAsync(
                site, version.Hour, version.Hour + 1,
                (DeviceSource source, in ScanAccount account) =>
                {
                    (string, string) key = (source.Agent.Agent, source.Device);
                    cells[key] = HourCell.Of(account).Plus(cells.GetValueOrDefault(key));
                },
                cancellation);
            lock (_gate)
            {
                _hours[version.Hour] = cells;
            }

            _versions[version.Hour] = version.Version;
        }

        Forget(from, [.. versions.Select(v => v.Hour)]);
        IsFilled = true;
    }

    /// <summary>The sum over all devices of [fromHour, toHour).</summary>
    public HourCell Sum(int fromHour, int toHour)
    {
        HourCell sum = default;
        lock (_gate)
        {
            for (int hour = fromHour; hour < toHour; hour++)
            {
                if (_hours.TryGetValue(hour, out var cells))
                {
                    foreach (HourCell cell in cells.Values)
                    {
                        sum = sum.Plus(cell);
                    }
                }
            }
        }

        return sum;
    }

    /// <summary>Hours of one device that have accounts, ascending.</summary>
    public IReadOnlyList<(int Hour, HourCell Cell)> Of(string agent, string device, int fromHour, int toHour)
    {
        List<(int, HourCell)> found = [];
        lock (_gate)
        {
            for (int hour = fromHour; hour < toHour; hour++)
            {
                if (_hours.TryGetValue(hour, out var cells) && cells.TryGetValue((agent, device), out HourCell cell))
                {
                    found.Add((hour, cell));
                }
            }
        }

        return found;
    }

    private void Forget(int from, HashSet<int> present)
    {
        lock (_gate)
        {
            foreach (int hour in _hours.Keys.Where(hour => hour < from || !present.Contains(hour)).ToArray())
            {
                _hours.Remove(hour);
                _versions.Remove(hour);
            }
        }
    }
}
