using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Store.Tests;

public sealed class RangeBucketsTests
{
    [Fact]
    public void A_range_falls_into_at_most_as_many_buckets_as_asked_for()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<(long From, uint Span, byte Points)>(), c =>
        {
            long from = c.From / 4, to = from + 1 + ((long)c.Span * 10_000);
            int points = 1 + (c.Points % 50);
            RangeBuckets buckets = RangeBuckets.Cut(from, to, points);
            long first = buckets.StartOf(from), last = buckets.StartOf(to - 1);
            Assert.InRange(((last - first) / buckets.WidthTicks) + 1, 1, points);
            Assert.InRange(from, first, first + buckets.WidthTicks - 1);
            Assert.Equal(0, (last - first) % buckets.WidthTicks);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Long_buckets_are_whole_hours_from_the_epoch()
    {
        RangeBuckets buckets = RangeBuckets.Cut(12345, 12345 + TimeSpan.TicksPerDay * 30, 500);
        Assert.Equal(0, buckets.WidthTicks % TimeSpan.TicksPerHour);
        Assert.Equal(0, buckets.StartOf(TimeSpan.TicksPerDay) % TimeSpan.TicksPerHour);
    }
}
