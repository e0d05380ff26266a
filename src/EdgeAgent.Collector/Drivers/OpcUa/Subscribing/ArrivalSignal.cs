using System.Threading.Tasks.Sources;

namespace EdgeAgent.Collector.Drivers.OpcUa.Subscribing;

/// <summary>Wakes the one who waits, or lets the next wait end at once; waiting allocates nothing in the steady state.</summary>
internal sealed class ArrivalSignal : IValueTaskSource
{
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _registration;
    private bool _isSet;
    private bool _isWaiting;

    public void Set()
    {
        lock (_gate)
        {
            if (!_isWaiting)
            {
                _isSet = true;
                return;
            }
            _isWaiting = false;
        }
        _core.SetResult(true);
    }

    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public ValueTask WaitAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        short version;
        lock (_gate)
        {
            if (_isSet)
            {
                _isSet = false;
                return ValueTask.CompletedTask;
            }
            _core.Reset();
            version = _core.Version;
            _isWaiting = true;
        }
        _registration = cancellation.UnsafeRegister(static (state, token) => ((ArrivalSignal)state!).Cancel(token), this);
        return new ValueTask(this, version);
    }

    void IValueTaskSource.GetResult(short token)
    {
        _registration.Dispose();
        _core.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Cancel(CancellationToken token)
    {
        lock (_gate)
        {
            if (!_isWaiting)
            {
                return;
            }
            _isWaiting = false;
        }
        _core.SetException(new OperationCanceledException(token));
    }
}
