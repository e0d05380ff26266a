using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Ingest;

/// <summary>The least time between an agent's sealing of a batch and its storing here, over the last one to two minutes.</summary>
/// <remarks>By two clocks: with little delay on the way it is the negative of how far the agent's clock is ahead of this one. A backlog
/// that drains makes an agent's clock look late until the first batch comes without waiting.</remarks>
internal sealed class LeastDelay
{
    private const long PeriodTicks = 60 * UnixTicks.PerSecond;

    private long _since;
    private long _before = long.MaxValue;
    private long _now = long.MaxValue;

    public void Add(long delayTicks, long nowTicks)
    {
        if (Math.Abs(nowTicks - _since) >= PeriodTicks)
        {
            _before = Math.Abs(nowTicks - _since) < 2 * PeriodTicks ? _now : long.MaxValue;
            _now = long.MaxValue;
            _since = nowTicks;
        }

        _now = Math.Min(_now, delayTicks);
    }

    /// <summary>Null before the first batch.</summary>
    public long? Ticks => Math.Min(_before, _now) is var least and < long.MaxValue ? least : null;
}
