namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>
/// Calls back, with the gate held, for every instant of a grid, also for those that it was late for: what is sampled is a
/// function of time, so a server that was held up for a while has lost nothing.
/// </summary>
internal sealed class GridTimer : IDisposable
{
    private readonly ServerCore _core;
    private readonly TimeSpan _period;
    private readonly Action<DateTime> _onInstant;
    private readonly DateTime _startUtc;
    private readonly long _startedAt;
    private readonly ITimer _timer;
    private long _count;
    private bool _isDisposed;

    public GridTimer(ServerCore core, TimeSpan period, Action<DateTime> onInstant)
    {
        _core = core;
        _period = period;
        _onInstant = onInstant;
        _startUtc = core.UtcNow;
        _startedAt = core.Time.GetTimestamp();
        _timer = core.Time.CreateTimer(static timer => ((GridTimer)timer!).Tick(), this, period, period);
    }

    public void Dispose()
    {
        _isDisposed = true;
        _timer.Dispose();
    }

    private void Tick()
    {
        lock (_core.Gate)
        {
            CatchUp();
        }
    }

    /// <summary>Calls back for every instant that is due; with the gate held.</summary>
    public void CatchUp()
    {
        // Timers of the system may be early by part of a millisecond.
        TimeSpan elapsed = _core.Time.GetElapsedTime(_startedAt) + TimeSpan.FromMilliseconds(1);
        while (!_isDisposed && (_count + 1) * _period <= elapsed)
        {
            _count++;
            _onInstant(_startUtc + _count * _period);
        }
    }
}
