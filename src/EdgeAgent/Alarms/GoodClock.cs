using EdgeAgent.Web.Plant.Board;

namespace EdgeAgent.Alarms;

/// <summary>How long ago the last good reading of each device came, measured on the monotonic clock: a clock that jumps makes no device fall silent.</summary>
internal sealed class GoodClock(TimeProvider time)
{
    private readonly Dictionary<BoardDevice, (long GoodTicks, long Stamp, TimeSpan AgeThen)> _seen = [];

    /// <param name="nowTicks">Tells the age when a device is seen for the first time.</param>
    public TimeSpan AgeOf(BoardDevice device, long nowTicks)
    {
        if (!_seen.TryGetValue(device, out var seen) || seen.GoodTicks != device.GoodTicks)
        {
            // A reading that was told late, out of a buffer, is old when it comes.
            long age = device.GoodTicks == 0 ? 0 : Math.Max(0, nowTicks - device.GoodTicks);
            seen = (device.GoodTicks, time.GetTimestamp(), TimeSpan.FromTicks(age));
            _seen[device] = seen;
        }

        return seen.AgeThen + time.GetElapsedTime(seen.Stamp);
    }
}
