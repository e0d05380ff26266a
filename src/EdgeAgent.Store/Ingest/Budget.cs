namespace EdgeAgent.Store.Ingest;

/// <summary>A bound on something held between two stages, in bytes or readings; the stage that would exceed it waits.</summary>
/// <remarks>For one taker. A single item larger than the whole budget passes when nothing else is held, so that it cannot block for ever.</remarks>
internal sealed class Budget(long max)
{
    private readonly Lock _gate = new();
    private long _held;
    private long _wanted;
    private TaskCompletionSource? _waiter;

    public long Held
    {
        get
        {
            lock (_gate)
            {
                return _held;
            }
        }
    }

    public async ValueTask TakeAsync(long amount, CancellationToken cancellation)
    {
        Task wait;
        lock (_gate)
        {
            if (Fits(amount))
            {
                _held += amount;
                return;
            }

            _wanted = amount;
            _waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            wait = _waiter.Task;
        }

        try
        {
            await wait.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
            {
                _waiter = null;
            }

            throw;
        }
    }

    public void Give(long amount)
    {
        lock (_gate)
        {
            _held -= amount;
            if (_waiter is not null && Fits(_wanted))
            {
                _held += _wanted;
                _waiter.TrySetResult();
                _waiter = null;
            }
        }
    }

    private bool Fits(long amount) => _held == 0 || _held + amount <= max;
}
