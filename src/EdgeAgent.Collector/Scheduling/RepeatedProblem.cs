namespace EdgeAgent.Collector.Scheduling;

/// <summary>Decides when a problem that happens over and over is worth a line in the log: at first, then as a summary now and then.</summary>
internal sealed class RepeatedProblem(TimeProvider time)
{
    private static readonly TimeSpan SummaryEvery = TimeSpan.FromMinutes(5);

    private long _lastLoggedStamp;

    /// <summary>Times it happened since it last went away.</summary>
    public int Count { get; private set; }

    /// <summary>Counts one occurrence.</summary>
    /// <returns>Whether to log it now.</returns>
    public bool Happened()
    {
        Count++;
        if (Count > 1 && time.GetElapsedTime(_lastLoggedStamp) < SummaryEvery)
        {
            return false;
        }

        _lastLoggedStamp = time.GetTimestamp();
        return true;
    }

    /// <summary>Notes that it is over.</summary>
    /// <returns>Whether it had been there.</returns>
    public bool WentAway()
    {
        bool was = Count > 0;
        Count = 0;
        return was;
    }
}
