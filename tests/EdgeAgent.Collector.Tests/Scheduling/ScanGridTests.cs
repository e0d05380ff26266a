using EdgeAgent.Collector.Scheduling;
using EdgeAgent.Core.Model;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Collector.Tests.Scheduling;

public sealed class ScanGridTests
{
    [Fact]
    public void Counting_agrees_with_walking()
    {
        var cases =
            from interval in Gen.Choose(20, 5000)
            from ordinal in Gen.Choose(0, 10_000)
            from start in Gen.Choose(-1_000_000, 1_000_000)
            from length in Gen.Choose(0, 50_000)
            select (Grid: ScanGrid.Create(interval, ordinal), From: start * 7_919L, Length: length * 10_000L);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            long count = 0;
            for (long at = c.Grid.FirstAtOrAfter(c.From); at < c.From + c.Length; at += c.Grid.IntervalTicks)
            {
                count++;
            }

            return count == c.Grid.CountIn(c.From, c.From + c.Length);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Phases_spread_the_load_evenly()
    {
        int[] tenths = new int[10];
        for (int ordinal = 0; ordinal < 1000; ordinal++)
        {
            tenths[ScanGrid.Create(1000, ordinal).PhaseTicks / (100 * UnixTicks.PerMillisecond)]++;
        }

        Assert.All(tenths, count => Assert.InRange(count, 98, 102));
    }
}
