using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Scheduling;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Agent;

/// <summary>Counts what a plant's schedule had due in a past stretch of time, by device and hour.</summary>
internal static class DueWhileAway
{
    /// <summary>What a batch can declare with room to spare: 1,000 devices for ten days.</summary>
    private const int RowsMax = 250_000;

    public static RestoredGap Count(CompiledPlant plant, long fromTicks, long toTicks)
    {
        Dictionary<(string Device, int Hour, Provenance Provenance), long> due = [];
        foreach (CompiledEndpoint endpoint in plant.Endpoints)
        {
            foreach (var group in endpoint.Groups)
            {
                if (!Add(due, endpoint.Devices[group.Device].Name, endpoint.Config.Provenance, endpoint.Grids[group.Index], group.TagIds.Count, fromTicks, toTicks))
                {
                    return new RestoredGap(toTicks, null);
                }
            }
        }

        return new RestoredGap(toTicks, [.. due.OrderBy(row => row.Key.Hour).ThenBy(row => row.Key.Device, StringComparer.Ordinal)
            .Select(row => new DiscardedAccount(row.Key.Device, row.Key.Hour, row.Key.Provenance, row.Value, 0))]);
    }

    private static bool Add(
        Dictionary<(string, int, Provenance), long> due, string device, Provenance provenance, in ScanGrid grid, int tags, long fromTicks, long toTicks)
    {
        for (long from = fromTicks; from < toTicks;)
        {
            int hour = UnixTicks.HourOf(from);
            long to = Math.Min(toTicks, (hour + 1L) * UnixTicks.PerHour);
            long count = grid.CountIn(from, to) * tags;
            if (count > 0)
            {
                var key = (device, hour, provenance);
                due[key] = due.GetValueOrDefault(key) + count;
            }

            if (due.Count > RowsMax)
            {
                return false;
            }

            from = to;
        }

        return true;
    }
}
