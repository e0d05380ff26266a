using EdgeAgent.Core.Model;

namespace EdgeAgent.Store;

/// <summary>How a range is cut when it is down-sampled: equal buckets, aligned so that the same bucket comes back when the range moves.</summary>
/// <param name="OriginTicks">A bucket starts here.</param>
/// <param name="WidthTicks">A whole number of milliseconds, and of hours when an hour or more, so that hourly summaries fall into one bucket.</param>
public readonly record struct RangeBuckets(long OriginTicks, long WidthTicks)
{
    /// <summary>Cuts [fromTicks, toTicks) into at most <paramref name="pointsMax"/> buckets.</summary>
    public static RangeBuckets Cut(long fromTicks, long toTicks, int pointsMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pointsMax, 1);
        Int128 span = Int128.Max(1, (Int128)toTicks - fromTicks);
        // One bucket cannot be aligned: a range may lie across any boundary. More can, because the partial ones at both ends make one more.
        return pointsMax == 1 ? new(fromTicks, RoundUp(span)) : new(0, RoundUp((span + pointsMax - 2) / (pointsMax - 1)));
    }

    /// <summary>The start of the bucket that holds the instant.</summary>
    public long StartOf(long ticks)
    {
        // Unsigned differences are exact over the whole range of ticks.
        ulong width = (ulong)WidthTicks;
        if (ticks >= OriginTicks)
        {
            return ticks - (long)(((ulong)ticks - (ulong)OriginTicks) % width);
        }

        ulong below = ((ulong)OriginTicks - (ulong)ticks) % width;
        return below == 0 ? ticks : ticks - (long)(width - below);
    }

    private static long RoundUp(Int128 width)
    {
        long unit = width >= UnixTicks.PerHour ? UnixTicks.PerHour : UnixTicks.PerMillisecond;
        Int128 rounded = (width + unit - 1) / unit * unit;
        return rounded > long.MaxValue ? long.MaxValue / UnixTicks.PerHour * UnixTicks.PerHour : (long)rounded;
    }
}
