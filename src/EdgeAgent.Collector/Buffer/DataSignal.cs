namespace EdgeAgent.Collector.Buffer;

/// <summary>Wakes those who wait for batches.</summary>
internal sealed class DataSignal
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Pulse() =>
        Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    /// <param name="isReached">Asked after each pulse, and before the first wait.</param>
    public async Task WaitAsync(Func<bool> isReached, CancellationToken cancellation)
    {
        while (true)
        {
            Task next = Volatile.Read(ref _next).Task;
            if (isReached())
            {
                return;
            }

            await next.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }
}
