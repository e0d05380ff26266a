namespace EdgeAgent.Collector.Publishing.Following;

/// <summary>The wish to know when everything in the buffer has been brought out, asked of the loop that brings it out.</summary>
internal sealed class DrainWish(WakeSignal wake)
{
    private TaskCompletionSource? _drained;

    public bool IsAsked => Volatile.Read(ref _drained) is not null;

    /// <summary>Completes when the loop says so, or the token is cancelled: then the rest stays in the buffer.</summary>
    public async Task UntilFulfilledAsync(CancellationToken limit)
    {
        var drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _drained, drained);
        wake.Set();
        try
        {
            await drained.Task.WaitAsync(limit).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // As wished.
        }
    }

    public void Fulfil() => Volatile.Read(ref _drained)?.TrySetResult();
}
