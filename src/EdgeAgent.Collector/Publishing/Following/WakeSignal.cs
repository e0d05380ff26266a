namespace EdgeAgent.Collector.Publishing.Following;

/// <summary>Wakes the one loop that waits here; a wake-up while it works is remembered once.</summary>
internal sealed class WakeSignal
{
    private readonly object _gate = new();
    private TaskCompletionSource? _waiting;
    private bool _set;

    public void Set()
    {
        TaskCompletionSource? waiting;
        lock (_gate)
        {
            waiting = _waiting;
            _waiting = null;
            _set = waiting is null;
        }

        waiting?.SetResult();
    }

    public Task WaitAsync()
    {
        lock (_gate)
        {
            if (_set)
            {
                _set = false;
                return Task.CompletedTask;
            }

            _waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _waiting.Task;
        }
    }
}
