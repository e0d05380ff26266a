using System.Threading.Tasks.Sources;

namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>One call from its sending to the moment its caller has taken the result; then it goes back to its pool.</summary>
/// <remarks>
/// Whoever completes a call must first have taken it out of the connection's table under the gate: that makes completion
/// happen once, and an exchange is never written to after its caller was told the end.
/// </remarks>
internal sealed class PendingCall(CallPool pool) : IValueTaskSource<StatusCode>
{
    private ManualResetValueTaskSourceCore<StatusCode> _source;
    private CancellationTokenRegistration _cancellation;

    public IUaExchange? Exchange { get; private set; }

    public UaConnection? Connection { get; private set; }

    public uint RequestId { get; set; }

    /// <summary>When it was sent and when it is given up, as timestamps; the latter <see cref="long.MaxValue"/> for never.</summary>
    public long Sent { get; set; }

    public long Deadline { get; set; }

    /// <summary>The next one in the pool.</summary>
    public PendingCall? Next { get; set; }

    public ValueTask<StatusCode> Task => new(this, _source.Version);

    public void Begin(UaConnection connection, IUaExchange exchange)
    {
        Connection = connection;
        Exchange = exchange;
        _source.RunContinuationsAsynchronously = !exchange.ContinuesOnEventLoop;
    }

    /// <summary>To be called after sending and before the task is handed to the caller.</summary>
    public void CancelWith(CancellationToken token)
    {
        if (token.CanBeCanceled)
        {
            _cancellation = token.UnsafeRegister(static state => ((PendingCall)state!).OnCancelled(), this);
        }
    }

    public void Complete(StatusCode result) => _source.SetResult(result);

    public StatusCode GetResult(short token)
    {
        StatusCode result = _source.GetResult(token);
        // Waits for a cancellation that is just running, so that none can hit the next user of this object.
        _cancellation.Dispose();
        _cancellation = default;
        Exchange = null;
        Connection = null;
        _source.Reset();
        pool.Return(this);
        return result;
    }

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private void OnCancelled()
    {
        if (Connection?.TryTake(this) == true)
        {
            Complete(StatusCodes.BadRequestCancelledByClient);
        }
    }
}
