using System.Threading.Tasks.Sources;

namespace EdgeAgent.Collector.Scheduling;

/// <summary>The one thing an event loop waits on: a due time on the monotonic clock, or a wake-up by whoever has news for it.</summary>
/// <remarks>One waiter at a time; <see cref="Wake"/> is safe from any thread and is never lost. Waiting allocates nothing. Timers fire on whole milliseconds, at or a little after the due time.</remarks>
internal sealed class DueTimer : IValueTaskSource, IDisposable
{
    private const int Idle = 0;
    private const int Waiting = 1;
    private const int Signalled = 2;

    /// <summary>A timer cannot be set further ahead than about 49 days; waking once a day for nothing costs nothing.</summary>
    private static readonly TimeSpan AheadMax = TimeSpan.FromDays(1);

    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private ManualResetValueTaskSourceCore<bool> _core;
    private int _state;

    /// <param name="continueElsewhere">Whether the waiter continues on a thread of the pool instead of the thread that wakes it:
    /// for a waiter that may take long.</param>
    public DueTimer(TimeProvider time, bool continueElsewhere = false)
    {
        _time = time;
        _core.RunContinuationsAsynchronously = continueElsewhere;
        _timer = time.CreateTimer(static state => ((DueTimer)state!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Waits until the due time or the next <see cref="Wake"/>, whichever is first. May also return early for no reason.</summary>
    /// <param name="dueStamp">A timestamp of the time provider; <see cref="long.MaxValue"/> waits for a wake-up only.</param>
    public ValueTask WaitAsync(long dueStamp)
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Signalled) == Signalled)
        {
            return ValueTask.CompletedTask;
        }

        TimeSpan ahead = AheadMax;
        if (dueStamp != long.MaxValue)
        {
            ahead = _time.GetElapsedTime(_time.GetTimestamp(), dueStamp);
            if (ahead <= TimeSpan.Zero)
            {
                return ValueTask.CompletedTask;
            }

            ahead = ahead < AheadMax ? TimeSpan.FromMilliseconds(Math.Ceiling(ahead.TotalMilliseconds)) : AheadMax;
        }

        _core.Reset();
        if (Interlocked.CompareExchange(ref _state, Waiting, Idle) != Idle)
        {
            Interlocked.Exchange(ref _state, Idle);
            return ValueTask.CompletedTask;
        }

        var wait = new ValueTask(this, _core.Version);
        _timer.Change(ahead, Timeout.InfiniteTimeSpan);
        return wait;
    }

    public void Wake()
    {
        while (true)
        {
            switch (Volatile.Read(ref _state))
            {
                case Signalled:
                    return;
                case Waiting when Interlocked.CompareExchange(ref _state, Idle, Waiting) == Waiting:
                    _core.SetResult(true);
                    return;
                case Idle when Interlocked.CompareExchange(ref _state, Signalled, Idle) == Idle:
                    return;
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
