using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>Reads the accounts that an assessment needs from the store, in blocks, so that memory does not grow with the history.</summary>
internal static class ObservationReader
{
    /// <summary>A day of 10,000 devices is 240,000 rows, about 40 MB.</summary>
    private const int BlockHours = 24;

    /// <summary>Clocks of gateways may differ by so much from the hub's before it is called skew.</summary>
    private const long SkewTicksMax = 5 * TimeSpan.TicksPerMinute;

    /// <summary>How far ahead to look for accounts of clocks that run ahead.</summary>
    private const int AheadHours = 24 * 400;

    /// <param name="now">When the assessment is made.</param>
    public static async Task ReadAsync(
        ITimeSeriesStore store, string? site, ObservationSet set, DateTimeOffset now, CancellationToken cancellation)
    {
        int firstAhead = UnixTicks.HourOf(UnixTicks.From(now) + SkewTicksMax) + 1;
        int toHour = Math.Min(set.ToHour, firstAhead);
        for (int hour = set.HistoryFromHour; hour < toHour; hour += BlockHours)
        {
            int blockEnd = Math.Min(hour + BlockHours, toHour);
            foreach (DeviceHour row in await store.ReadDeviceHoursAsync(site, hour, blockEnd, cancellation).ConfigureAwait(false))
            {
                set.Add(row);
            }
        }

        foreach (DeviceHour row in await store.ReadDeviceHoursAsync(site, firstAhead, firstAhead + AheadHours, cancellation).ConfigureAwait(false))
        {
            set.AddAhead(row);
        }
    }
}
