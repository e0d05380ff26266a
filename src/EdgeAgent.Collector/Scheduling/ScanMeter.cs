namespace EdgeAgent.Collector.Scheduling;

/// <summary>How well a device keeps its schedule: the achieved period of its fastest scan group, its jitter and its overruns.</summary>
/// <remarks>One writer. Readers on other threads may see figures that are one scan apart from each other.</remarks>
internal sealed class ScanMeter
{
    /// <summary>Weight of the newest value in the moving averages: about the last 16 scans count.</summary>
    private const double Newest = 1.0 / 16;

    private double _lastStartMs = double.NaN;
    private double _lastLatenessMs = double.NaN;

    /// <summary>Average time between starts of the fastest group, in milliseconds; NaN before the second scan.</summary>
    public double AchievedPeriodMs { get; private set; } = double.NaN;

    /// <summary>Average change of the lateness from scan to scan, in milliseconds.</summary>
    public double JitterMs { get; private set; }

    /// <summary>Largest lateness of a start, in milliseconds.</summary>
    public double LatenessMaxMs { get; private set; }

    /// <summary>Average duration of a scan, in milliseconds.</summary>
    public double DurationMs { get; private set; }

    /// <summary>Scans of any group that were not finished when their group was due again.</summary>
    public long Overruns { get; private set; }

    /// <summary>Takes the start of a scan of the device's fastest group in.</summary>
    public void Started(double nowMs, double latenessMs)
    {
        if (!double.IsNaN(_lastStartMs))
        {
            double period = nowMs - _lastStartMs;
            AchievedPeriodMs = double.IsNaN(AchievedPeriodMs) ? period : Average(AchievedPeriodMs, period);
            JitterMs = Average(JitterMs, Math.Abs(latenessMs - _lastLatenessMs));
        }

        _lastStartMs = nowMs;
        _lastLatenessMs = latenessMs;
        LatenessMaxMs = Math.Max(LatenessMaxMs, latenessMs);
    }

    /// <summary>Takes an arrival in, of a device that sends by itself: the achieved period is the time between arrivals.</summary>
    public void Arrived(double nowMs) => Started(nowMs, 0);

    public void Finished(double durationMs, bool overran)
    {
        DurationMs = Average(DurationMs, durationMs);
        if (overran)
        {
            Overruns++;
        }
    }

    private static double Average(double sofar, double newest) => sofar + ((newest - sofar) * Newest);
}
