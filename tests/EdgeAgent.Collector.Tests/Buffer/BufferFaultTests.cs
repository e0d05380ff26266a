using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Buffer.Sqlite;
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

    private sealed class FailAll(int code) : ISqliteFaults
    {
        public volatile bool On;

        public int Before(string operation) => On ? code : raw.SQLITE_OK;
    }
}
