using System.Threading.Tasks.Sources;

namespace EdgeAgent.Protocols.Serial.Linux;

/// <summary>One send or one receive that waits for the line's thread. Used again and again, so that waiting allocates nothing.</summary>
/// <remarks>Begun by a caller, ended by the line's thread alone; so no caller's memory is touched after its call has ended.</remarks>
internal sealed class LineTurn : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancellation;

    public ReadOnlyMemory<byte> Outgoing { get; private set; }

    public Memory<byte> Incoming { get; private set; }

    /// <summary>Sends: the silence wanted. Receives: the timeout.</summary>
    public TimeSpan Wait { get; private set; }

    /// <summary>When a receive ends without bytes, or a send stops waiting for silence; meaningful once the thread has set it.</summary>
    public long LimitStamp { get; set; }

    public int Done { get; set; }

    /// <summary>Whether the line's thread has it in hand.</summary>
    public bool IsActive { get; set; }

    public bool IsCancelled => _cancellation.IsCancellationRequested;

    public ValueTask<int> Begin(ReadOnlyMemory<byte> outgoing, Memory<byte> incoming, TimeSpan wait)
    {
        if (IsActive)
        {
            throw new InvalidOperationException("A line takes one send and one receive at a time.");
        }

        _core.Reset();
        (Outgoing, Incoming, Wait, Done, LimitStamp) = (outgoing, incoming, wait, 0, 0);
        IsActive = true;
        return new ValueTask<int>(this, _core.Version);
    }

    public void WatchFor(CancellationToken cancellation, Action<object?> wake, object state)
    {
        _cancellation = cancellation;
        _registration = cancellation.CanBeCanceled ? cancellation.UnsafeRegister(wake, state) : default;
    }

    public void End(int result)
    {
        Leave();
        _core.SetResult(result);
    }

    public void EndCancelled()
    {
        var cancellation = _cancellation;
        Leave();
        _core.SetException(new OperationCanceledException(cancellation));
    }

    public void EndBroken(LineBrokenException reason)
    {
        Leave();
        _core.SetException(reason);
    }

    int IValueTaskSource<int>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    /// <summary>After this the caller may begin anew, also from within its continuation.</summary>
    private void Leave()
    {
        _registration.Unregister();
        _registration = default;
        _cancellation = default;
        Outgoing = default;
        Incoming = default;
        IsActive = false;
    }
}
