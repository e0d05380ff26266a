using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Buffer.Sqlite;
using EdgeAgent.Core.Model;
using SQLitePCL;

namespace EdgeAgent.Collector.Tests.Buffer;

/// <summary>Makes every single step of the database fail in turn, and holds what is left against what was promised.</summary>
public sealed class BufferFaultTests
{
    [Theory]
    [InlineData(raw.SQLITE_FULL)]
    [InlineData(raw.SQLITE_IOERR_WRITE)]
    [InlineData(raw.SQLITE_BUSY)]
    public async Task A_failure_at_any_step_loses_nothing_that_was_promised(int code)
    {
        for (int step = 1; ; step++)
        {
            var faults = new FailOnce(code);
            await using var f = new BufferFixture(o => o with { Faults = faults, SizeBytesMax = 64 << 10 });
            faults.Arm(step);
            var promised = new List<long>();
            for (int i = 0; i < 12; i++)
            {
                long sequence = f.Buffer.NextSequence;
                if (f.Append(8000, declared: f.Buffer.TakeDiscarded()) == AppendStatus.Appended)
                {
                    promised.Add(sequence);
                }

                if (i == 4)
                {
                    await f.AcknowledgeAsync(2);
                }
            }

            bool fired = faults.Fired;
            faults.Disarm();
            await f.Buffer.FlushAsync();
            Verify(f, promised, step);
            await f.ReopenAsync();
            Verify(f, promised, step);
            if (!fired)
            {
                Assert.True(step > 50, "the faults were never met");
                return;
            }
        }
    }

    [Theory]
    [InlineData(raw.SQLITE_FULL)]
    [InlineData(raw.SQLITE_IOERR_WRITE)]
    public async Task A_disk_that_refuses_for_long_is_lived_through(int code)
    {
        var faults = new FailAll(code);
        await using var f = new BufferFixture(o => o with { Faults = faults });
        f.Append();
        faults.On = true;
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(AppendStatus.Full, f.Append());
        }

        Assert.True(f.Buffer.ReadStatistics().IsFull);
        f.Buffer.Acknowledge("hub", f.Buffer.Incarnation, 1);
        await f.Buffer.FlushAsync();
        faults.On = false;

        Assert.Equal(AppendStatus.Appended, f.Append());
        await f.Buffer.FlushAsync();
        Assert.Equal([2], f.ReadAll());
        Assert.False(f.Buffer.ReadStatistics().IsFull);
    }

    /// <summary>An acknowledgement of more than one transaction deletes, and the disk refuses the second.</summary>
    [Fact]
    public async Task Deletes_that_the_disk_refuses_keep_nobody_waiting_and_are_made_later()
    {
        var faults = new FailFrom(raw.SQLITE_IOERR_WRITE, "commit", 2);
        await using var f = new BufferFixture(o => o with { Faults = faults });
        for (int i = 0; i < 1100; i++)
        {
            f.Append(10);
        }

        faults.On = true;
        f.Buffer.Acknowledge("hub", f.Buffer.Incarnation, 1099);
        await f.Buffer.FlushAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(1100 - 1024, f.Buffer.ReadStatistics().PendingBatches);
        faults.On = false;

        Assert.Equal(AppendStatus.Appended, f.Append());
        await f.Buffer.FlushAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal([1100, 1101], f.ReadAll());
        BufferStatistics statistics = f.Buffer.ReadStatistics();
        Assert.Equal((2, 1099 * 20), (statistics.PendingBatches, statistics.AcknowledgedReadings));
        Assert.True(statistics.Balances);
    }

    [Fact]
    public async Task What_was_lost_with_a_damaged_database_is_told_although_the_disk_is_full_at_that_moment()
    {
        var faults = new Scripted();
        await using var f = new BufferFixture(o => o with { Faults = faults });
        f.Append();
        f.Append();
        bool damaged = false;
        faults.Answer = operation => operation == "insert batch" ? Damage(ref damaged) : damaged && operation == "commit" ? raw.SQLITE_FULL : raw.SQLITE_OK;
        Assert.Equal(AppendStatus.Full, f.Append());
        faults.Answer = _ => raw.SQLITE_OK;

        Assert.Equal(AppendStatus.NewIncarnation, f.Append());
        BufferStatistics statistics = f.Buffer.ReadStatistics();
        Assert.Equal((40, 40), (statistics.DiscardedReadings, statistics.UndeclaredReadings));
        Assert.Equal(42, Assert.Single(f.Buffer.TakeDiscarded().Ranges).Accounts.Sum(account => account.Due));
        Assert.True(statistics.Balances);
    }

    [Fact]
    public async Task What_was_given_up_and_not_declared_before_the_database_was_damaged_is_declared_after()
    {
        var faults = new Scripted();
        await using var f = new BufferFixture(o => o with { Faults = faults, SizeBytesMax = 64 << 10 });
        for (int i = 0; i < 20; i++)
        {
            f.Append(8000);
        }

        BufferStatistics before = f.Buffer.ReadStatistics();
        Assert.True(before.UndeclaredReadings > 0);
        bool damaged = false;
        faults.Answer = operation => operation == "insert batch" && !damaged ? Damage(ref damaged) : raw.SQLITE_OK;
        Assert.Equal(AppendStatus.NewIncarnation, f.Append());

        DiscardedRange range = Assert.Single(f.Buffer.TakeDiscarded().Ranges);
        Assert.Equal(20 * 20, range.Readings);
        Assert.Equal(20 * 21, range.Accounts.Sum(account => account.Due));
        Assert.Equal(20 * 20, f.Buffer.ReadStatistics().DiscardedReadings);
    }

    /// <summary>Two publishers read the same damaged database; the second tells of it when it has been replaced already.</summary>
    [Fact]
    public async Task Damage_met_in_a_database_that_has_been_replaced_since_does_not_cost_the_new_one()
    {
        var faults = new Scripted();
        await using var f = new BufferFixture(o => o with { Faults = faults });
        f.Append();
        bool damaged = false;
        bool read = false;
        faults.Answer = operation =>
        {
            if (operation == "insert batch" && read && !damaged)
            {
                return Damage(ref damaged);
            }

            if (operation != "read batches" || read)
            {
                return raw.SQLITE_OK;
            }

            // While this reader is at the damaged page, another has told of the damage, and collection goes on in a new database.
            read = true;
            Assert.Equal(AppendStatus.NewIncarnation, f.Append());
            Assert.Equal(AppendStatus.Appended, f.Append());
            return raw.SQLITE_CORRUPT;
        };

        Assert.False(f.Buffer.TryRead("hub", 0, 10, 1 << 20, new BufferBlock()));
        Guid incarnation = f.Buffer.Incarnation;
        await f.Buffer.FlushAsync();
        Assert.Equal(incarnation, f.Buffer.Incarnation);
        Assert.Single(Directory.GetFiles(f.Options.Directory, "buffer.damaged-*.db"));
        Assert.Equal([2], f.ReadAll());
    }

    [Fact]
    public async Task A_declaration_taken_from_a_database_that_was_replaced_since_is_not_declared_in_the_new_one()
    {
        var faults = new Scripted();
        await using var f = new BufferFixture(o => o with { Faults = faults, SizeBytesMax = 64 << 10 });
        for (int i = 0; i < 20; i++)
        {
            f.Append(8000);
        }

        DiscardedSnapshot stale = f.Buffer.TakeDiscarded();
        bool damaged = false;
        faults.Answer = operation => operation == "insert batch" && !damaged ? Damage(ref damaged) : raw.SQLITE_OK;
        Assert.Equal(AppendStatus.NewIncarnation, f.Append());

        Assert.Equal(AppendStatus.NewIncarnation, f.Append(declared: stale));
        Assert.Equal(AppendStatus.Appended, f.Append(declared: f.Buffer.TakeDiscarded()));
        Assert.Equal(0, f.Buffer.ReadStatistics().UndeclaredReadings);
    }

    private static int Damage(ref bool done)
    {
        done = true;
        return raw.SQLITE_CORRUPT;
    }

    private static void Verify(BufferFixture f, List<long> promised, int step)
    {
        List<long> held = f.ReadAll();
        BufferStatistics statistics = f.Buffer.ReadStatistics();
        string where = $"step {step}: held {string.Join(",", held)} promised {string.Join(",", promised)} {statistics}";
        Assert.True(statistics.Balances, where);
        Assert.True(statistics.PendingBatches == held.Count, where);
        Assert.True(statistics.BufferedReadings == promised.Count * 20, where);
        Assert.True(promised.SequenceEqual(Enumerable.Range(1, promised.Count).Select(s => (long)s)), where);
        Assert.True(f.Buffer.NextSequence == promised.Count + 1, where);
        Assert.True(held.All(promised.Contains), where);
        // Whatever is not held was acknowledged or is counted as given up.
        long discarded = statistics.DiscardedReadings / 20;
        Assert.True(promised.Count - held.Count - discarded is >= 0 and <= 2, where);
    }

    private sealed class FailOnce(int code) : ISqliteFaults
    {
        private int _left = int.MaxValue;

        public bool Fired { get; private set; }

        public void Arm(int step) => Volatile.Write(ref _left, step);

        public void Disarm() => Volatile.Write(ref _left, int.MaxValue);

        public int Before(string operation)
        {
            if (Volatile.Read(ref _left) == int.MaxValue || Interlocked.Decrement(ref _left) != 0)
            {
                return raw.SQLITE_OK;
            }

            Fired = true;
            return code;
        }
    }

    private sealed class Scripted : ISqliteFaults
    {
        public Func<string, int> Answer { get; set; } = _ => raw.SQLITE_OK;

        public int Before(string operation) => Answer(operation);
    }

    /// <summary>Fails an operation from its so manieth time on while it is on.</summary>
    private sealed class FailFrom(int code, string failing, int from) : ISqliteFaults
    {
        private int _times;

        public volatile bool On;

        public int Before(string operation) => On && operation == failing && Interlocked.Increment(ref _times) >= from ? code : raw.SQLITE_OK;
    }

    private sealed class FailAll(int code) : ISqliteFaults
    {
        public volatile bool On;

        public int Before(string operation) => On ? code : raw.SQLITE_OK;
    }
}
