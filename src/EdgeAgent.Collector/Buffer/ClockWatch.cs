using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Buffer;

/// <summary>Tells whether the wall clock can be trusted with giving batches up: a gateway without a battery clock starts in 1970
/// and jumps by decades when the network time arrives.</summary>
internal sealed class ClockWatch(TimeProvider time)
{
    /// <summary>2020-01-01: a batch sealed before was sealed under a clock that had not been set.</summary>
    public const long PlausibleTicks = 1_577_836_800L * UnixTicks.PerSecond;

    /// <summary>Further than any correction that network time makes by slewing, and than a leap second.</summary>
    private static readonly TimeSpan JumpMin = TimeSpan.FromMinutes(1);

    /// <summary>A clock that was put wrong by hand is usually put right within this time.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromHours(1);

    private long _wallTicks = UnixTicks.Now(time);
    private long _timestamp = time.GetTimestamp();
    private long? _jumpedAt;

    public bool IsSteady(out long nowTicks)
    {
        nowTicks = UnixTicks.Now(time);
        long timestamp = time.GetTimestamp();
        long drift = nowTicks - _wallTicks - time.GetElapsedTime(_timestamp, timestamp).Ticks;
        _wallTicks = nowTicks;
        _timestamp = timestamp;
        if (Math.Abs(drift) > JumpMin.Ticks)
        {
            _jumpedAt = timestamp;
        }

        if (_jumpedAt is { } jumped && time.GetElapsedTime(jumped, timestamp) < Settle)
        {
            return false;
        }

        _jumpedAt = null;
        return nowTicks >= PlausibleTicks;
    }
}
