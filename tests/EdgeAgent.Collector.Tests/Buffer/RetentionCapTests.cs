using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Buffer;

/// <summary>Complaint 3 of the field: buffers that fill up, get stuck, or throw away without a word.</summary>
public sealed class RetentionCapTests
{
    private const long Cap = 64 << 10;

    [Fact]
    public async Task What_was_given_up_is_nobodys_arrears()
    {
        await using var f = new BufferFixture(o => o with { SizeBytesMax = 64 << 10, Cursors = ["hub", "other"] });
        for (int i = 0; i < 30; i++)
        {
            f.Append(8000);
        }

        List<long> held = f.ReadAll();
        Assert.InRange(held.Count, 1, 29);
        Assert.Equal(held.Count, f.Buffer.LagOf("hub"));
        Assert.Equal(30 - held.Count, f.Buffer.PassedContiguous("other"));
        f.Buffer.Acknowledge("other", f.Buffer.Incarnation, 0, [new SequenceRange(held[0], held[^1])]);
        Assert.Equal(0, f.Buffer.LagOf("other"));
    }

    [Fact]
    public async Task Beyond_the_size_cap_the_oldest_go_and_are_counted_by_device_and_time()
    {
        await using var f = new BufferFixture(o => o with { SizeBytesMax = Cap });
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(AppendStatus.Appended, f.Append(3000));
            f.Time.Advance(TimeSpan.FromSeconds(1));
        }

        BufferStatistics statistics = f.Buffer.ReadStatistics();
        List<long> held = f.ReadAll();
        Assert.InRange(statistics.PendingBytes, Cap / 2, Cap);
        Assert.Equal(Enumerable.Range((int)held[0], held.Count).Select(s => (long)s), held);
        Assert.Equal(100, held[^1]);
        Assert.True(statistics.Balances);
        DiscardedRange range = Assert.Single(f.Buffer.TakeDiscarded().Ranges);
        long given = held[0] - 1;
        Assert.Equal((1, given, DiscardReasons.SizeCap, 20 * given), (range.FirstSequence, range.LastSequence, range.Reason, range.Readings));
        Assert.Equal(BufferFixture.Accounts(UnixTicks.HourOf(range.LastTicks), 20 * given, (int)given), range.Accounts);
        Assert.Equal(UnixTicks.PerSecond * (given - 1) + 1000, range.LastTicks - range.FirstTicks);
    }

    [Fact]
    public async Task A_discard_is_handed_out_until_a_batch_that_declares_it_is_appended_even_after_a_restart()
    {
        await using var f = new BufferFixture(o => o with { SizeBytesMax = Cap });
        Overfill(f);
        long readings = f.Buffer.TakeDiscarded().Ranges.Sum(r => r.Readings);
        await f.ReopenAsync();
        DiscardedSnapshot again = f.Buffer.TakeDiscarded();
        Assert.Equal(readings, again.Ranges.Sum(r => r.Readings));

        // Small enough to need no further discard.
        f.Append(1, declared: again);

        Assert.Empty(f.Buffer.TakeDiscarded().Ranges);
        Assert.Equal(0, f.Buffer.ReadStatistics().UndeclaredReadings);
        await f.ReopenAsync();
        Assert.Empty(f.Buffer.TakeDiscarded().Ranges);
    }

    [Fact]
    public async Task What_a_given_up_batch_had_declared_is_declared_again()
    {
        await using var f = new BufferFixture(o => o with { SizeBytesMax = Cap });
        Overfill(f);
        DiscardedSnapshot snapshot = f.Buffer.TakeDiscarded();
        f.Append(1, declared: snapshot);
        long declaring = f.Buffer.NextSequence - 1;

        while (f.ReadAll()[0] <= declaring)
        {
            f.Append(3000);
        }

        IReadOnlyList<DiscardedRange> undeclared = f.Buffer.TakeDiscarded().Ranges;
        BufferStatistics statistics = f.Buffer.ReadStatistics();
        Assert.Equal(statistics.DiscardedReadings, undeclared.Sum(r => r.Readings));
        Assert.Contains(undeclared, r => r.FirstSequence == 1);
    }

    [Fact]
    public async Task Discards_between_taking_and_declaring_are_not_swallowed()
    {
        await using var f = new BufferFixture(o => o with { SizeBytesMax = Cap });
        Overfill(f);
        DiscardedSnapshot snapshot = f.Buffer.TakeDiscarded();
        f.Append(6000);
        f.Append(6000, declared: snapshot);

        long declared = snapshot.Ranges.Sum(r => r.Readings);
        long undeclared = f.Buffer.ReadStatistics().UndeclaredReadings;
        Assert.Equal(f.Buffer.ReadStatistics().DiscardedReadings, declared + undeclared);
        Assert.True(undeclared > 0);
        Assert.Empty(f.Buffer.TakeDiscarded().Ranges);
        await f.AcknowledgeAsync(f.Buffer.NextSequence - 1);
        Assert.Equal(undeclared, f.Buffer.TakeDiscarded().Ranges.Sum(r => r.Readings));
    }

    /// <summary>An outage of weeks at the cap must not become a ledger of millions of entries on a disk that is full already.</summary>
    [Fact]
    public async Task In_a_long_outage_the_ledger_of_discards_stays_small()
    {
        await using var f = new BufferFixture(o => o with { SizeBytesMax = Cap });
        for (int i = 0; i < 1000; i++)
        {
            f.Append(1000, declared: f.Buffer.TakeDiscarded());
            f.Time.Advance(TimeSpan.FromMinutes(1));
        }

        using (BufferInspection inspection = BufferInspection.Open(f.Options.Directory))
        {
            BufferSummary summary = inspection.ReadSummary();
            Assert.InRange(summary.Discards.Count, 1, 3);
            Assert.Equal(summary.DiscardedReadings, summary.Discards.Sum(d => d.Range.Readings));
            Assert.Equal(summary.DiscardedReadings, summary.Discards.Sum(d => d.Range.Accounts.Sum(a => a.Readings)));
            // Two devices, an hour each 60 batches.
            Assert.InRange(summary.Discards.Sum(d => d.Range.Accounts.Count), 30, 40);
        }

        await f.AcknowledgeAsync(f.Buffer.NextSequence - 1);
        f.Append(1, declared: f.Buffer.TakeDiscarded());
        Assert.Equal(0, f.Buffer.ReadStatistics().UndeclaredReadings);
    }

    /// <summary>An entry is written anew with each batch that joins it.</summary>
    [Fact]
    public async Task An_entry_of_the_ledger_takes_no_more_rows_than_it_should()
    {
        await using var f = new BufferFixture(o => o with { SizeBytesMax = Cap });
        for (int i = 0; i < 700; i++)
        {
            f.Append(4000);
            f.Time.Advance(TimeSpan.FromHours(1));
        }

        IReadOnlyList<DiscardedRange> ranges = f.Buffer.TakeDiscarded().Ranges;
        Assert.Equal(2, ranges.Count);
        Assert.All(ranges, r => Assert.InRange(r.Accounts.Count, 1, 1024));
        Assert.Equal(ranges[0].LastSequence + 1, ranges[1].FirstSequence);
        Assert.Equal(f.Buffer.ReadStatistics().DiscardedReadings, ranges.Sum(r => r.Accounts.Sum(a => a.Readings)));
    }

    [Fact]
    public async Task A_definition_stays_until_it_is_acknowledged()
    {
        await using var f = new BufferFixture(o => o with { SizeBytesMax = Cap });
        f.Append(500, definition: true);
        Overfill(f);
        Assert.Equal(1, f.ReadAll()[0]);

        await f.AcknowledgeAsync(1);

        Assert.NotEqual(1, f.ReadAll()[0]);
        Assert.DoesNotContain(f.Buffer.TakeDiscarded().Ranges, r => r.FirstSequence == 1);
    }

    [Fact]
    public async Task Beyond_the_age_cap_batches_go()
    {
        await using var f = new BufferFixture(o => o with { AgeMax = TimeSpan.FromHours(2) });
        f.Append();
        f.Time.Advance(TimeSpan.FromHours(1));
        f.Append();
        Assert.Equal([1, 2], f.ReadAll());

        f.Time.Advance(TimeSpan.FromHours(1.1));
        await f.Buffer.FlushAsync();

        Assert.Equal([2], f.ReadAll());
        Assert.Equal(DiscardReasons.AgeCap, Assert.Single(f.Buffer.TakeDiscarded().Ranges).Reason);
    }

    [Fact]
    public async Task A_clock_that_jumps_gives_nothing_up_before_it_has_been_steady_for_an_hour()
    {
        await using var f = new BufferFixture(o => o with { AgeMax = TimeSpan.FromHours(2) });
        f.Append();

        f.Time.JumpWallClock(TimeSpan.FromDays(10_000));
        f.Time.Advance(TimeSpan.FromMinutes(2));
        await f.Buffer.FlushAsync();
        Assert.Equal([1], f.ReadAll());

        f.Time.JumpWallClock(TimeSpan.FromDays(-10_000));
        f.Time.Advance(TimeSpan.FromMinutes(90));
        await f.Buffer.FlushAsync();
        Assert.Equal([1], f.ReadAll());
    }

    [Fact]
    public async Task Discarded_batches_do_not_hold_a_cursor_back()
    {
        await using var f = new BufferFixture(o => o with { SizeBytesMax = Cap });
        Overfill(f);
        long oldest = f.ReadAll()[0];

        await f.Buffer.FlushAsync();
        await f.ReopenAsync();

        Assert.Equal(oldest - 1, f.Buffer.PassedContiguous("hub"));
    }

    private static void Overfill(BufferFixture f)
    {
        for (int i = 0; i < 40; i++)
        {
            f.Append(3000);
        }
    }
}
