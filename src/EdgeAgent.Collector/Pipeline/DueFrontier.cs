using EdgeAgent.Collector.Scheduling;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Pipeline;

/// <summary>Knows up to when everything due is counted: the earliest instant of any scan group that is not.</summary>
/// <remarks>It is written with each batch. After a stop, however it came about, what was due from there on is booked as missed.
/// A scan under way holds it back, so a crash in that moment may count a neighbour's instants twice, but never one not at all.</remarks>
internal sealed class DueFrontier(TimeProvider time)
{
    /// <summary>2020-01-01: a wall clock before that has not been set yet, as on a gateway without a battery.</summary>
    private const long PlausibleTicks = 1_577_836_800L * UnixTicks.PerSecond;

    private long[] _nextDueStamps = [];
    private long? _latestTicks;

    public void Advance(int group, long nextDueStamp) => _nextDueStamps[group] = nextDueStamp;

    /// <summary>The instant as UTC ticks; never in the future, and never before what was said earlier, however the wall clock is put.
    /// Null while the wall clock cannot be right.</summary>
    public long? AccountedUntilTicks()
    {
        long now = time.GetTimestamp();
        long earliest = now;
        foreach (long next in _nextDueStamps)
        {
            earliest = Math.Min(earliest, next);
        }

        long ticks = UnixTicks.Now(time) - StampArithmetic.StampsToTicks(now - earliest, time);
        return ticks < PlausibleTicks ? _latestTicks : _latestTicks = Math.Max(ticks, _latestTicks ?? ticks);
    }

    /// <summary>Changes to another configuration: groups of endpoints that go on keep their place, new ones begin now or where they say.</summary>
    /// <param name="kept">Pairs of first group before, first group after, and count.</param>
    /// <param name="since">First group, count, and from when on nothing of these is counted yet: what was due while they were down is
    /// booked by their loops, and until then a crash must find it still to be booked.</param>
    public void Rearrange(int groupCount, IEnumerable<(int From, int To, int Count)> kept, IEnumerable<(int To, int Count, long SinceTicks)> since)
    {
        long[] next = new long[groupCount];
        long now = time.GetTimestamp();
        long nowTicks = UnixTicks.Now(time);
        Array.Fill(next, now);
        foreach ((int to, int count, long sinceTicks) in since)
        {
            next.AsSpan(to, count).Fill(now - StampArithmetic.TicksToStamps(Math.Max(0, nowTicks - sinceTicks), time));
        }

        foreach ((int from, int to, int count) in kept)
        {
            Array.Copy(_nextDueStamps, from, next, to, count);
        }

        _nextDueStamps = next;
    }
}
