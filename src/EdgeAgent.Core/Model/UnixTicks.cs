namespace EdgeAgent.Core.Model;

/// <summary>The one time unit of readings: 100 ns ticks since 1970-01-01T00:00:00Z, without leap seconds.
/// It is exact for OPC UA's DateTime and for <see cref="DateTime"/>.</summary>
public static class UnixTicks
{
    public const long PerSecond = TimeSpan.TicksPerSecond;
    public const long PerMillisecond = TimeSpan.TicksPerMillisecond;
    public const long PerHour = TimeSpan.TicksPerHour;

    public static long Now(TimeProvider time) => From(time.GetUtcNow());

    public static long From(DateTimeOffset instant) => instant.UtcTicks - DateTime.UnixEpoch.Ticks;

    /// <exception cref="ArgumentOutOfRangeException">The ticks lie outside the years 1 to 9999.</exception>
    public static DateTimeOffset ToDateTimeOffset(long unixTicks) => new(unixTicks + DateTime.UnixEpoch.Ticks, TimeSpan.Zero);

    /// <summary>The number of the UTC hour that holds the instant, counted from 1970; rounds towards the past.</summary>
    public static int HourOf(long unixTicks) => (int)Math.Clamp(FloorDivide(unixTicks, PerHour), int.MinValue, int.MaxValue);

    private static long FloorDivide(long value, long divisor)
    {
        long quotient = value / divisor;
        return value % divisor < 0 ? quotient - 1 : quotient;
    }
}
