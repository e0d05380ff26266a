using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Scheduling;

/// <summary>Hands an endpoint's results to the pipeline and makes sure that nothing due goes uncounted when it has no room.</summary>
/// <remarks>Readings that found no room are dropped and counted; the counts wait here until there is room for them.</remarks>
internal sealed class ScanBooking(EndpointSlot slot, IScanSink sink, ReadingBatchPool pool, TimeProvider time)
{
    private readonly Dictionary<(int Device, int Hour, Provenance Provenance), ScanAccount> _carried = [];

    /// <summary>Readings dropped because the pipeline had no room.</summary>
    public long Dropped { get; private set; }

    /// <summary>Books the readings of one scan.</summary>
    public void Readings(GroupState group, Provenance provenance, long dueStamp, ReadingBatch readings)
    {
        ScanAccount account = Account(group, HourOf(dueStamp), provenance);
        var result = new ScanResult(slot, group.Group.Index, account, dueStamp + group.IntervalStamps, readings);
        if (PostCarried() && sink.TryPost(result))
        {
            return;
        }

        Carry(CountDropped(account, readings));
        pool.Return(readings);
    }

    /// <summary>Books due instants at which no reading was taken, because the loop was late.</summary>
    public void Missed(GroupClock group, Provenance provenance, long firstDueStamp, long count)
    {
        long next = firstDueStamp;
        while (count > 0)
        {
            // Nearly always one turn; more when the instants lie on both sides of a full hour.
            long ticks = TicksOf(next);
            int hour = UnixTicks.HourOf(ticks);
            long leftInHour = StampArithmetic.TicksToStamps(((hour + 1L) * UnixTicks.PerHour) - ticks, time);
            long here = Math.Clamp(((leftInHour - 1) / group.IntervalStamps) + 1, 1, count);
            next += here * group.IntervalStamps;
            count -= here;
            Post(group, hour, provenance, here, isDown: false, next);
        }
    }

    /// <summary>Books readings that devices sent by themselves.</summary>
    /// <param name="devices">The device of each tag.</param>
    public void Pushed(PushedReadings how, int[] devices, ReadingBatch readings)
    {
        int hour = UnixTicks.HourOf(UnixTicks.Now(time));
        var account = new ScanAccount(0, hour, Provenance.Live, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        if (PostCarried() && sink.TryPost(new ScanResult(slot, -1, account, 0, readings, how)))
        {
            return;
        }

        foreach (ref readonly Reading reading in readings.Readings)
        {
            int device = devices[reading.TagId];
            Carry(account with { DeviceId = device, Provenance = how.Provenances[device], Beyond = 1, Dropped = 1 });
        }

        Dropped += readings.Count;
        pool.Return(readings);
    }

    /// <summary>Books a run of due instants at which the tags of a group stood alike. What was found good or bad had been reported
    /// by readings of its own, so it counts as filtered.</summary>
    public void Stood(PushGroup group, Provenance provenance, long firstIndex, long instants, in InstantCounts counts, long nextDueStamp)
    {
        int changed = counts.Changed;
        while (instants > 0)
        {
            long here = Math.Min(instants, group.Grid.InstantsLeftInHour(firstIndex));
            int read = counts.Good + counts.Bad;
            PostOrCarry(group, Account(group, group.Grid.HourOf(firstIndex), provenance) with
            {
                Due = here * (read + counts.Missed),
                Good = here * counts.Good,
                Bad = here * counts.Bad,
                Missed = here * counts.Missed,
                Filtered = here * read,
                Changed = changed,
            }, nextDueStamp - ((instants - here) * group.IntervalStamps));
            changed = 0;
            firstIndex += here;
            instants -= here;
        }
    }

    /// <summary>Books missed readings that were filled afterwards.</summary>
    public void Filled(GroupClock group, Provenance provenance, int hour, long readings)
    {
        ScanAccount account = Account(group, hour, provenance) with { Filled = readings };
        if (!PostCarried() || !sink.TryPost(new ScanResult(slot, -1, account, 0, null)))
        {
            Carry(account);
        }
    }

    /// <summary>Books what was due between two instants in which the agent was not running, hour by hour, and says when the group is due first.</summary>
    public void Down(GroupClock group, ScanGrid grid, Provenance provenance, long fromTicks, long toTicks, long firstDueStamp)
    {
        for (long from = fromTicks; from < toTicks;)
        {
            int hour = UnixTicks.HourOf(from);
            long to = Math.Min(toTicks, (hour + 1L) * UnixTicks.PerHour);
            long count = grid.CountIn(from, to);
            if (count > 0)
            {
                // Each hour moves the frontier by itself: a crash between two of them must find the later ones still to be booked.
                long next = grid.FirstAtOrAfter(toTicks) - grid.FirstAtOrAfter(to);
                Post(group, hour, provenance, count, isDown: true, firstDueStamp - StampArithmetic.TicksToStamps(next, time));
            }

            from = to;
        }

        Post(group, UnixTicks.HourOf(toTicks), provenance, 0, isDown: false, firstDueStamp);
    }

    /// <summary>Tries to hand over what could not be handed over before.</summary>
    /// <returns>Whether nothing is left.</returns>
    public bool PostCarried()
    {
        if (_carried.Count == 0)
        {
            return true;
        }

        foreach ((var key, ScanAccount account) in _carried)
        {
            if (!sink.TryPost(new ScanResult(slot, -1, account, 0, null)))
            {
                return false;
            }

            _carried.Remove(key);
        }

        return true;
    }

    private void Post(GroupClock group, int hour, Provenance provenance, long instants, bool isDown, long nextDueStamp)
    {
        long readings = instants * group.Group.TagIds.Count;
        ScanAccount account = Account(group, hour, provenance) with
        {
            Due = readings,
            Missed = readings,
            MissedWhileDown = isDown ? readings : 0,
        };
        PostOrCarry(group, account, nextDueStamp);
    }

    private void PostOrCarry(GroupClock group, in ScanAccount account, long nextDueStamp)
    {
        if (!PostCarried() || !sink.TryPost(new ScanResult(slot, group.Group.Index, account, nextDueStamp, null)))
        {
            Carry(account);
        }
    }

    private void Carry(in ScanAccount account)
    {
        var key = (account.DeviceId, account.Hour, account.Provenance);
        _carried[key] = _carried.TryGetValue(key, out ScanAccount before) ? before.Plus(account) : account;
    }

    private ScanAccount CountDropped(in ScanAccount account, ReadingBatch readings)
    {
        int good = 0;
        foreach (ref readonly Reading reading in readings.Readings)
        {
            good += reading.Quality.IsGood ? 1 : 0;
        }

        int count = readings.Count;
        Dropped += count;
        return account with { Due = count, Good = good, Bad = count - good, Dropped = count };
    }

    private static ScanAccount Account(GroupClock group, int hour, Provenance provenance) =>
        new(group.Group.Device, hour, provenance, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private int HourOf(long stamp) => UnixTicks.HourOf(TicksOf(stamp));

    /// <summary>The wall-clock time of an instant of the monotonic clock, as the wall clock stands now.</summary>
    private long TicksOf(long stamp) => UnixTicks.Now(time) - StampArithmetic.StampsToTicks(time.GetTimestamp() - stamp, time);
}
