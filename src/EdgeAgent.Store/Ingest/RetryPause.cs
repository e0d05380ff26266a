namespace EdgeAgent.Store.Ingest;

/// <summary>Growing pauses with jitter, so that several hubs do not come back to a store all at once.</summary>
internal sealed class RetryPause(IngestOptions options, TimeProvider time)
{
    private int _failures;

    public void Reset() => _failures = 0;

    public Task WaitAsync(CancellationToken cancellation)
    {
        double pauseMs = Math.Min(options.RetryMaxMs, options.RetryMinMs * Math.Pow(2, Math.Min(_failures++, 20)));
        return Task.Delay(TimeSpan.FromMilliseconds(pauseMs * (0.5 + (Random.Shared.NextDouble() / 2))), time, cancellation);
    }
}
