using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Scheduling;

/// <summary>The instants at which a scan group is due: a phase plus whole periods, counted from 1970 in UTC.</summary>
/// <remarks>Because the grid hangs on UTC and not on the start of the process, what was due while the agent was down can be
/// counted exactly after the restart. A running loop takes only its first instant from the grid and goes on by the monotonic clock.</remarks>
internal readonly record struct ScanGrid(long IntervalTicks, long PhaseTicks)
{
    /// <summary>The fractional part of the golden ratio: multiples of it spread over an interval as evenly as can be, however many there are.</summary>
    private const double GoldenFraction = 0.618_033_988_749_894_9;

    /// <param name="ordinal">Number of the group in the whole agent; groups of one period are spread over it by this.</param>
    public static ScanGrid Create(int intervalMs, int ordinal)
    {
        long interval = intervalMs * UnixTicks.PerMillisecond;
        double fraction = ordinal * GoldenFraction % 1.0;

        // Whole milliseconds, because that is how finely timers fire.
        return new ScanGrid(interval, (long)(fraction * intervalMs) * UnixTicks.PerMillisecond);
    }

    /// <summary>The first due instant that is not before the given one.</summary>
    public long FirstAtOrAfter(long unixTicks)
    {
        long since = (unixTicks - PhaseTicks) % IntervalTicks;
        if (since < 0)
        {
            since += IntervalTicks;
        }

        return since == 0 ? unixTicks : unixTicks + (IntervalTicks - since);
    }

    /// <summary>The number of the due instant nearest to the given time.</summary>
    public long IndexNear(long unixTicks) => FloorDivide(unixTicks - PhaseTicks + (IntervalTicks / 2), IntervalTicks);

    /// <summary>The number of the due instant at which the interval ends that holds the given time.</summary>
    public long IndexAtOrAfter(long unixTicks) => FloorDivide(unixTicks - PhaseTicks + IntervalTicks - 1, IntervalTicks);

    /// <summary>The due instant of a number.</summary>
    public long TicksAt(long index) => PhaseTicks + (index * IntervalTicks);

    /// <summary>The UTC hour of the due instant of a number.</summary>
    public int HourOf(long index) => UnixTicks.HourOf(TicksAt(index));

    /// <summary>How many due instants, from the one of the given number on, lie in its hour.</summary>
    public long InstantsLeftInHour(long index)
    {
        long end = (HourOf(index) + 1L) * UnixTicks.PerHour;
        return 1 + ((end - 1 - TicksAt(index)) / IntervalTicks);
    }

    /// <summary>How many due instants lie in [<paramref name="fromTicks"/>, <paramref name="toTicks"/>).</summary>
    public long CountIn(long fromTicks, long toTicks)
    {
        long first = FirstAtOrAfter(fromTicks);
        return first >= toTicks ? 0 : 1 + ((toTicks - 1 - first) / IntervalTicks);
    }

    private static long FloorDivide(long value, long divisor) => value >= 0 ? value / divisor : ((value + 1) / divisor) - 1;
}
