namespace EdgeAgent.Collector.Publishing.Batch;

/// <summary>Decides when unconfirmed batches are sent again: after a growing, partly random time, so that a hub that is down gets
/// no storm, and whether the hub is silent, so that it gets nothing new meanwhile.</summary>
internal sealed class StallWatch(HubPublisherOptions options, TimeProvider time)
{
    private int _level;
    private long _since = time.GetTimestamp();
    private TimeSpan _limit = options.StallMin;
    private bool _answered;

    /// <summary>Nothing was confirmed since batches were sent again.</summary>
    public bool IsSilent { get; private set; }

    /// <summary>The broker said that no one listens.</summary>
    public bool HasNoListener { get; private set; }

    /// <summary>Time until the next try.</summary>
    public TimeSpan Left
    {
        get
        {
            TimeSpan left = _limit - time.GetElapsedTime(_since);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Waiting for confirmation begins: after nothing was on its way, or because the oldest was confirmed.</summary>
    public void Begin()
    {
        _level = 0;
        _answered = false;
        Restart(options.StallMin);
    }

    /// <summary>The hub confirmed something, though perhaps not the oldest.</summary>
    public void Answered()
    {
        _answered = true;
        IsSilent = false;
        HasNoListener = false;
    }

    /// <summary>The broker had no one to hand a batch to.</summary>
    public void NoListener()
    {
        if (!HasNoListener)
        {
            HasNoListener = true;
            IsSilent = true;
            Restart(options.NoListenerRetry);
        }
    }

    /// <summary>Batches are sent again now; next time it takes longer.</summary>
    public void Tried()
    {
        IsSilent |= !_answered;
        _answered = false;
        if (HasNoListener)
        {
            Restart(options.NoListenerRetry);
            return;
        }

        _level++;
        double seconds = options.StallMin.TotalSeconds * Math.Pow(2, Math.Min(_level, 20));
        Restart(TimeSpan.FromSeconds(Math.Min(seconds, options.StallMax.TotalSeconds)));
    }

    /// <summary>Half of the time is fixed and half of it random.</summary>
    private void Restart(TimeSpan limit)
    {
        _since = time.GetTimestamp();
        _limit = (limit / 2) + (limit / 2 * options.Random());
    }
}
