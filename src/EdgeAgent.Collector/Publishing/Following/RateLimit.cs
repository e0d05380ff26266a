namespace EdgeAgent.Collector.Publishing.Following;

/// <summary>Lets so many batches a second through, evenly; after a pause at most one second's worth at once is not made up for.</summary>
internal sealed class RateLimit(int perSecondMax, TimeProvider time)
{
    private long? _startedAt;
    private double _nextSeconds;

    public bool IsUnlimited => perSecondMax <= 0;

    /// <summary>Time until the next batch may go; zero when it may go now.</summary>
    public TimeSpan Wait()
    {
        double ahead = IsUnlimited ? 0 : _nextSeconds - Now();
        return ahead <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(ahead);
    }

    public void Take()
    {
        if (!IsUnlimited)
        {
            _nextSeconds = Math.Max(_nextSeconds, Now()) + (1.0 / perSecondMax);
        }
    }

    private double Now()
    {
        _startedAt ??= time.GetTimestamp();
        return time.GetElapsedTime(_startedAt.Value).TotalSeconds;
    }
}
