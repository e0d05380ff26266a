using EdgeAgent.Core.Model;
using EdgeAgent.Web.Plant.Hours;

namespace EdgeAgent.Web.Plant.Trends;

/// <summary>Tells where a silent series was not read, from where its value merely stood still. README.md beside it tells the rule and its limits.</summary>
/// <param name="hours">Accounts of the device by hour; an hour without accounts is one of which nobody told anything.</param>
/// <param name="intervalTicks">Period of the series.</param>
internal sealed class GapRule(IReadOnlyDictionary<int, HourCell> hours, long intervalTicks)
{
    /// <summary>Periods that may be missing before it is called a gap: one late scan is none.</summary>
    private const int PeriodsLeast = 3;

    /// <summary>The gaps within a silence [from, to).</summary>
    /// <param name="endsInReading">Whether a reading ends the silence; otherwise the range does.</param>
    public IEnumerable<(long From, long To)> Within(long from, long to, bool endsInReading)
    {
        (long From, long To)? open = null;
        foreach ((long begin, long end) in ByHour(from, to).SelectMany(part => GapOf(part.Begin, part.End, from, to, endsInReading)))
        {
            if (open is { } before && before.To >= begin)
            {
                open = (before.From, end);
                continue;
            }

            if (open is { } whole && IsLong(whole))
            {
                yield return whole;
            }

            open = (begin, end);
        }

        if (open is { } last && IsLong(last))
        {
            yield return last;
        }
    }

    private static IEnumerable<(long Begin, long End)> ByHour(long from, long to)
    {
        for (long begin = from; begin < to;)
        {
            long end = Math.Min(to, (UnixTicks.HourOf(begin) + 1L) * UnixTicks.PerHour);
            yield return (begin, end);
            begin = end;
        }
    }

    private IEnumerable<(long, long)> GapOf(long begin, long end, long from, long to, bool endsInReading)
    {
        int hour = UnixTicks.HourOf(begin);
        if (!IsKnown(hour))
        {
            return [(begin, end)];
        }

        HourCell cell = hours[hour];
        bool began = begin > from && endsInReading && end == to && !hours.Keys.Any(known => known < hour && IsKnown(known));
        if (began)
        {
            return [(begin, end)]; // The device was taken into service in this hour, with this reading.
        }

        long missed = (long)((Int128)UnixTicks.PerHour * cell.Missed / cell.Due);
        if (cell.Missed >= cell.Due)
        {
            return [(begin, end)];
        }

        if (missed < PeriodsLeast * intervalTicks)
        {
            return [];
        }

        // What was missed lies beside the hour that was missed as a whole; otherwise right before the reading that ended it.
        missed = Math.Min(missed, end - begin);
        bool follows = begin > from && IsLost(hour - 1);
        bool precedes = end < to && IsLost(hour + 1);
        return follows && !precedes && !(endsInReading && end == to) ? [(begin, begin + missed)] : [(end - missed, end)];
    }

    private bool IsKnown(int hour) => hours.TryGetValue(hour, out HourCell cell) && cell.Due > 0;

    private bool IsLost(int hour) => !IsKnown(hour) || hours[hour].Missed >= hours[hour].Due;

    private bool IsLong((long From, long To) gap) => gap.To - gap.From >= PeriodsLeast * intervalTicks;
}
