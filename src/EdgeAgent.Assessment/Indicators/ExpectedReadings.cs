using EdgeAgent.Core.Model;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>How many readings a source owed in the window, the hours of which nobody gave an account included.</summary>
/// <remarks>
/// An agent that runs accounts for every due reading, and after a stop it books what it missed. What remains are hours that
/// no agent ever accounted for: the gateway never came back, its buffer was replaced, the device was taken out of the
/// configuration. Silence must not be better than failure, so from a source's first account on:
/// <list type="bullet">
/// <item>an hour without accounts counts with the source's known due readings per hour: those of the latest earlier hour that has
/// accounts on both sides (so that it is a whole hour), or, when there was none yet, the most that any earlier hour had;</item>
/// <item>an hour beside such a gap is only accounted for in part, and counts with no less than that known number;</item>
/// <item>of the hour in which the window ends, only the part before its end counts;</item>
/// <item>of an hour of which a part was declared as a stop, readings that failed are forgiven up to that part of what was due.</item>
/// </list>
/// </remarks>
internal static class ExpectedReadings
{
    /// <summary>The expected readings and how many of them no account speaks of.</summary>
    public readonly record struct Sum(long Expected, long Unaccounted);

    /// <param name="fromHour">Where counting begins: the window's begin, or later for an asset commissioned since.</param>
    /// <param name="lastIsFollowed">Whether the hour after the window was to have accounts already, so that their absence is a gap.</param>
    /// <param name="countDowntime">Whether the time for which an agent was not running counts.</param>
    public static Sum Over(HourSeries series, ObservationWindow window, int fromHour, bool lastIsFollowed, bool countDowntime, StopCalendar stops)
    {
        if (series.FirstHour is not { } first)
        {
            return default;
        }

        long expected = 0;
        long unaccounted = 0;
        int start = Math.Max(first, fromHour);
        (long wholeHour, long most) = Before(series, first, start);
        for (int hour = start; hour < window.ToHour; hour++)
        {
            bool has = series.Has(hour);
            long known = wholeHour >= 0 ? wholeHour : most;
            bool followed = series.Has(hour + 1) || (hour + 1 >= window.ToHour && !lastIsFollowed);
            bool whole = has && series.Has(hour - 1) && series.Has(hour + 1);
            long due = has ? series.DueAt(hour) : 0;
            bool besideGap = has && ((hour > first && !series.Has(hour - 1)) || !followed);
            long owed = !countDowntime ? due - series.At(hour).Down
                : !has || besideGap ? Math.Max(due, window.BeforeEnd(hour, known))
                : due;
            if (stops.TicksIn(hour) is > 0 and { } stopped)
            {
                long notScheduled = (long)((Int128)owed * stopped / UnixTicks.PerHour);
                owed -= Math.Clamp(owed - series.At(hour).Good, 0, notScheduled);
            }

            expected += owed;
            unaccounted += Math.Max(0, owed - due);

            wholeHour = whole ? due : wholeHour;
            most = Math.Max(most, due);
        }

        return new Sum(expected, unaccounted);
    }

    /// <summary>Due readings of the latest whole hour before <paramref name="start"/>, or -1 and the most that any hour there had.</summary>
    private static (long WholeHour, long Most) Before(HourSeries series, int first, int start)
    {
        for (int hour = start - 1; hour >= first; hour--)
        {
            if (series.Has(hour) && series.Has(hour - 1) && series.Has(hour + 1))
            {
                return (series.DueAt(hour), 0);
            }
        }

        long most = 0;
        for (int hour = first; hour < start; hour++)
        {
            most = Math.Max(most, series.Has(hour) ? series.DueAt(hour) : 0);
        }

        return (-1, most);
    }
}
