namespace EdgeAgent.Store.Influx;

/// <summary>Ticks to InfluxDB's nanoseconds and back. Its calendar runs from 1677 to 2262.</summary>
internal static class InfluxTime
{
    private const long NanosecondsPerTick = 100;

    /// <summary>InfluxDB keeps the two ends of the 64-bit range for itself.</summary>
    private const long TicksMax = (long.MaxValue / NanosecondsPerTick) - 1;

    public const long NanosecondsPerHour = 3_600_000_000_000;

    /// <summary>The start of an hour; hours beyond the calendar count as its ends.</summary>
    public static long OfHour(int hour) => Math.Clamp(hour, -2_500_000, 2_500_000) * NanosecondsPerHour;

    public static bool TryOf(long ticks, out long nanoseconds)
    {
        bool fits = ticks is > -TicksMax and < TicksMax;
        nanoseconds = fits ? ticks * NanosecondsPerTick : 0;
        return fits;
    }

    /// <summary>The nearest representable instant, for the ends of a range.</summary>
    public static long Nearest(long ticks) => Math.Clamp(ticks, -TicksMax, TicksMax) * NanosecondsPerTick;

    public static long ToTicks(long nanoseconds) => nanoseconds >= 0
        ? nanoseconds / NanosecondsPerTick
        : -((-nanoseconds + NanosecondsPerTick - 1) / NanosecondsPerTick);
}
