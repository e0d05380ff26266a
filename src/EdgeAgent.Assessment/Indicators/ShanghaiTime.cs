using EdgeAgent.Core.Model;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>The calendar of the assessment: Asia/Shanghai, which is UTC+8 all year, so no time zone data is needed on a gateway.</summary>
public static class ShanghaiTime
{
    private const int OffsetHours = 8;
    private const int HoursPerDay = 24;

    public static TimeSpan Offset { get; } = TimeSpan.FromHours(OffsetHours);

    /// <summary>Midnight at which the day begins.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), Offset);

    /// <summary>The UTC hour, counted from 1970, that begins with the day.</summary>
    public static int FirstHourOf(DateOnly day) => UnixTicks.HourOf(UnixTicks.From(StartOf(day)));

    /// <summary>The calendar day that holds a UTC hour.</summary>
    public static DateOnly DayOf(int hour) => DateOnly.FromDateTime(AtHour(hour).DateTime);

    /// <summary>The calendar day that holds an instant.</summary>
    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    /// <summary>The instant at which a UTC hour begins, written in local time.</summary>
    public static DateTimeOffset AtHour(int hour) => UnixTicks.ToDateTimeOffset(hour * UnixTicks.PerHour).ToOffset(Offset);

    /// <summary>How many of the hours of its day lie in [fromHour, toHour).</summary>
    public static int HoursOfDayWithin(DateOnly day, int fromHour, int toHour)
    {
        int first = FirstHourOf(day);
        return Math.Max(0, Math.Min(first + HoursPerDay, toHour) - Math.Max(first, fromHour));
    }
}
