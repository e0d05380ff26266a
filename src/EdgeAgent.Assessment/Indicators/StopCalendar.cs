using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>The declared stops of one asset in the window (rule R3(b)): how much of each hour is not scheduled.</summary>
/// <remarks>A stop counts when it has a reason and was logged before the report instant. Stops are taken in the order of their begin
/// until they use up the share of the window that the pack allows; what goes beyond is owed like any other time.</remarks>
internal sealed class StopCalendar
{
    private readonly long[] _ticksByHour;
    private readonly int _fromHour;

    private StopCalendar(int fromHour, long[] ticksByHour, long acceptedTicks, IReadOnlyList<RefusedStop> refused)
    {
        (_fromHour, _ticksByHour, AcceptedTicks, Refused) = (fromHour, ticksByHour, acceptedTicks, refused);
    }

    public static StopCalendar None { get; } = new(0, [], 0, []);

    /// <summary>Time in the window that is not scheduled.</summary>
    public long AcceptedTicks { get; }

    /// <summary>Stops, or parts of them, that do not count.</summary>
    public IReadOnlyList<RefusedStop> Refused { get; }

    /// <summary>How much of an hour is not scheduled; 0 to an hour.</summary>
    public long TicksIn(int hour) => (uint)(hour - _fromHour) < (uint)_ticksByHour.Length ? _ticksByHour[hour - _fromHour] : 0;

    /// <summary>Whether nothing of an hour is scheduled.</summary>
    public bool IsStopped(int hour) => TicksIn(hour) >= UnixTicks.PerHour;

    public static StopCalendar Of(IReadOnlyList<DeclaredStop> stops, ObservationWindow window, RulePack pack)
    {
        if (stops.Count == 0)
        {
            return None;
        }

        (long from, long to) = (window.FromHour * UnixTicks.PerHour, UnixTicks.From(window.To));
        long budget = (long)((to - from) * pack.MaxStopShare);
        long[] byHour = new long[window.ToHour - window.FromHour];
        List<RefusedStop> refused = [];
        long covered = from;
        long accepted = 0;
        foreach (DeclaredStop stop in stops.OrderBy(s => s.FromTicks).ThenBy(s => s.ToTicks).ThenBy(s => s.Id, StringComparer.Ordinal))
        {
            (long begin, long end) = (Math.Max(stop.FromTicks, covered), Math.Min(stop.ToTicks, to));
            if (Math.Min(stop.ToTicks, to) <= Math.Max(stop.FromTicks, from))
            {
                continue;
            }

            if (stop.LoggedAtTicks >= UnixTicks.From(window.AsOf) || string.IsNullOrWhiteSpace(stop.Reason))
            {
                refused.Add(new RefusedStop(stop, string.IsNullOrWhiteSpace(stop.Reason) ? "it has no reason" : "it was logged after the report instant"));
                continue;
            }

            if (end - begin > budget - accepted)
            {
                refused.Add(new RefusedStop(stop, $"declared stops may take at most {pack.MaxStopShare:0.##} of the window"));
                end = Math.Max(begin, begin + budget - accepted);
            }

            if (end > begin)
            {
                Add(byHour, window.FromHour, begin, end);
                accepted += end - begin;
                covered = end;
            }
        }

        return new StopCalendar(window.FromHour, byHour, accepted, refused);
    }

    private static void Add(long[] byHour, int fromHour, long begin, long end)
    {
        for (long at = begin; at < end;)
        {
            int hour = UnixTicks.HourOf(at);
            long next = Math.Min(end, (hour + 1) * UnixTicks.PerHour);
            byHour[hour - fromHour] += next - at;
            at = next;
        }
    }
}

/// <summary>A declared stop that does not count, or not in full, and why.</summary>
internal sealed record RefusedStop(DeclaredStop Stop, string Why);
