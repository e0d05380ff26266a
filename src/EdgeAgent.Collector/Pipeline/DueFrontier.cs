using EdgeAgent.Collector.Scheduling;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Pipeline;

/// <summary>Knows up to when everything due is counted: the earliest instant of any scan group that is not.</summary>
/// <remarks>It is written with each batch. After a stop, however it came about, what was due from there on is booked as missed.
/// A scan under way holds it back, so a crash in that moment may count a neighbour's instants twice, but never one not at all.</remarks>
internal sealed class DueFrontier(TimeProvider time)
{
    private long[] _nextDueStamps = [];

    public void Advance(int group, long nextDueStamp) => _nextDueStamps[group] = nextDueStamp;

    /// <summary>The instant as UTC ticks; never in the future.</summary>
    public long AccountedUntilTicks()
    {
        long now = time.GetTimestamp();
        long earliest = now;
        foreach (long next in _nextDueStamps)
        {
            earliest = Math.Min(earliest, next);
        }

        return UnixTicks.Now(time) - StampArithmetic.StampsToTicks(now - earliest, time);
    }

    /// <summary>Changes to another configuration: groups of endpoints that go on keep their place, new ones begin now.</summary>
    /// <param name="kept">Pairs of first group before, first group after, and count.</param>
    public void Rearrange(int groupCount, IEnumerable<(int From, int To, int Count)> kept)
    {
        long[] next = new long[groupCount];
        Array.Fill(next, time.GetTimestamp());
        foreach ((int from, int to, int count) in kept)
        {
            Array.Copy(_nextDueStamps, from, next, to, count);
        }

        _nextDueStamps = next;
    }
}
