using EdgeAgent.Core.Model;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>The hours that an assessment looks at: [FromHour, ToHour), UTC hours since 1970.</summary>
/// <remarks>Accounts are kept by the hour, and midnight in Shanghai is 16:00 UTC, so a window of calendar days is exact.
/// A window in minutes is widened to the hours that it touches, and its last hour may not be over yet.</remarks>
/// <param name="AsOf">The report instant T.</param>
public sealed record ObservationWindow(DateTimeOffset AsOf, WindowLength Length, int FromHour, int ToHour)
{
    /// <summary>When the window begins, in local time.</summary>
    public DateTimeOffset From => ShanghaiTime.AtHour(FromHour);

    /// <summary>When it ends: the last midnight at or before T, or T itself for a window in minutes.</summary>
    public DateTimeOffset To => Length.Days > 0 ? ShanghaiTime.AtHour(ToHour) : AsOf;

    public static ObservationWindow Ending(DateTimeOffset asOf, WindowLength length)
    {
        DateTimeOffset local = asOf.ToOffset(ShanghaiTime.Offset);
        if (length.Days > 0)
        {
            DateOnly end = ShanghaiTime.DayOf(local);
            return new(local, length, ShanghaiTime.FirstHourOf(end.AddDays(-length.Days)), ShanghaiTime.FirstHourOf(end));
        }

        long endTicks = UnixTicks.From(local);
        int fromHour = UnixTicks.HourOf(endTicks - (length.Minutes * TimeSpan.TicksPerMinute));
        return new(local, length, fromHour, UnixTicks.HourOf(endTicks - 1) + 1);
    }

    /// <summary>The part of an hour's count that falls before the end of the window, rounded down.</summary>
    public long BeforeEnd(int hour, long perHour)
    {
        long ticks = Math.Min(UnixTicks.PerHour, UnixTicks.From(To) - (hour * UnixTicks.PerHour));
        return (long)((Int128)perHour * ticks / UnixTicks.PerHour);
    }
}
