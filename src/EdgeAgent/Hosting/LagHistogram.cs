namespace EdgeAgent.Hosting;

/// <summary>Counts lags in buckets that grow by 5 %, so that a quantile is right to 5 % from a tenth of a millisecond to a day.</summary>
/// <remarks>One writer; readers see counts that may be a moment old.</remarks>
internal sealed class LagHistogram
{
    private const double SmallestMs = 0.1;
    private const double Growth = 1.05;
    private static readonly int BucketCount = BucketOf(TimeSpan.FromDays(1).TotalMilliseconds) + 2;

    private readonly long[] _counts = new long[BucketCount];

    public long Count { get; private set; }

    public double SumMs { get; private set; }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        Count = 0;
        SumMs = 0;
    }

    /// <summary>Adds everything that another one counted.</summary>
    public void AddAll(LagHistogram other)
    {
        for (int bucket = 0; bucket < _counts.Length; bucket++)
        {
            _counts[bucket] += other._counts[bucket];
        }

        Count += other.Count;
        SumMs += other.SumMs;
    }

    public void Add(double lagMs, long times = 1)
    {
        double lag = Math.Max(0, lagMs); // A source whose clock runs ahead is not early, it is on time.
        _counts[Math.Min(BucketOf(lag), BucketCount - 1)] += times;
        Count += times;
        SumMs += lag * times;
    }

    /// <summary>The lag that the given share of readings did not exceed (upper edge of its bucket); NaN before the first.</summary>
    public double QuantileMs(double share)
    {
        long wanted = (long)Math.Ceiling(share * Count);
        if (Count == 0)
        {
            return double.NaN;
        }

        int bucket = 0;
        for (long seen = _counts[0]; seen < wanted && bucket < BucketCount - 1; seen += _counts[bucket])
        {
            bucket++;
        }

        return SmallestMs * Math.Pow(Growth, bucket);
    }

    private static int BucketOf(double lagMs) =>
        lagMs <= SmallestMs ? 0 : (int)Math.Ceiling(Math.Log(lagMs / SmallestMs) / Math.Log(Growth));
}
