using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>Rule R3(c): on how many days of the window an asset was alive, and on how many it had to be.</summary>
internal static class ActiveDays
{
    /// <summary>Days with good readings in enough distinct clock hours; one hour is enough for a day observed for fewer.</summary>
    /// <param name="fromHour">Where observation begins, within the window.</param>
    /// <param name="isGood">Whether an hour has a good reading that counts.</param>
    public static int Count(RulePack pack, int fromHour, int toHour, StopCalendar stops, Func<int, bool> isGood)
    {
        int active = 0;
        for (int hour = fromHour; hour < toHour;)
        {
            int hoursOfDay = HoursOfDayFrom(hour, toHour);
            int good = 0;
            int scheduled = 0;
            for (int i = 0; i < hoursOfDay; i++)
            {
                good += isGood(hour + i) ? 1 : 0;
                scheduled += stops.IsStopped(hour + i) ? 0 : 1;
            }

            active += good >= (scheduled < pack.MinActiveHours ? 1 : pack.MinActiveHours) ? 1 : 0;
            hour += hoursOfDay;
        }

        return active;
    }

    /// <summary>The pack's number of days, or the working days under observation when they are fewer; always at least one. A day that
    /// a declared stop takes up whole is none of them.</summary>
    public static int Required(RulePack pack, int fromHour, int toHour, StopCalendar stops)
    {
        int working = 0;
        for (int hour = fromHour; hour < toHour; hour += HoursOfDayFrom(hour, toHour))
        {
            bool scheduled = Enumerable.Range(hour, HoursOfDayFrom(hour, toHour)).Any(h => !stops.IsStopped(h));
            working += scheduled && IsWorkingDay(pack, ShanghaiTime.DayOf(hour)) ? 1 : 0;
        }

        return Math.Clamp(working, 1, pack.MinActiveDays);
    }

    private static int HoursOfDayFrom(int hour, int toHour) => ShanghaiTime.HoursOfDayWithin(ShanghaiTime.DayOf(hour), hour, toHour);

    private static bool IsWorkingDay(RulePack pack, DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday
        ? pack.WorkingWeekends.Contains(day)
        : !pack.Holidays.Contains(day);
}
