using System.Threading.Tasks.Sources;

namespace EdgeAgent.Protocols.Modbus.Client;

/// <summary>One request from submission to the moment its caller has taken the result; then it goes back to its pool.</summary>
/// <remarks>
/// Whoever completes a request must first have taken it out of the connection's tables under the gate: that makes completion
/// happen once, and makes sure that the caller's buffer is never written after the caller has been told the end.
/// Continuations run inline on whichever thread completes, which saves a hop per request.
/// </remarks>
internal sealed class PendingRequest(RequestPool pool) : IValueTaskSource<ModbusResult>
{
    private ManualResetValueTaskSourceCore<ModbusResult> _source;
    private CancellationTokenRegistration _cancellation;
    private CancellationToken _token;

    public ModbusReadRequest Request;
    public Memory<byte> Destination;
    public ushort TransactionId;

    public int TimeoutMs;

    /// <summary>Timestamp after which the request is given up.</summary>
    public long Deadline;

    /// <summary>In the queue that only the receive loop may touch; under the connection's gate once others can see it.</summary>
    public bool IsDispatched;

    /// <summary>Its caller gave it up while it was there.</summary>
    public bool IsGivenUp;

    /// <summary>Next in the queue of waiting requests, or in the pool.</summary>
    public PendingRequest? Next;

    /// <summary>The connection that holds it; set at submission.</summary>
    public ModbusConnection? Connection;

    public ValueTask<ModbusResult> Task => new(this, _source.Version);

    /// <summary>To be called by the submitter after submission and before it hands the task to the caller.</summary>
    public void CancelWith(CancellationToken token)
    {
        _token = token;
        _cancellation = token.UnsafeRegister(static state => ((PendingRequest)state!).OnCanceled(), this);
    }

    public void Complete(ModbusResult result) => _source.SetResult(result);

    public void Cancel() => _source.SetException(new OperationCanceledException(_token));

    public ModbusResult GetResult(short token)
    {
        try
        {
            return _source.GetResult(token);
        }
        finally
        {
            // Waits for a cancellation that is just running, so that none can hit the next user of this object.
            _cancellation.Dispose();
            _cancellation = default;
            _token = default;
            Destination = default;
            Connection = null;
            IsGivenUp = false;
            _source.Reset();
            pool.Return(this);
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private void OnCanceled()
    {
        if (Connection?.TryAbandon(this) == true)
        {
            Cancel();
        }
    }
}
