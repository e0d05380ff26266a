using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Tests.Buffer;

/// <summary>Complaint 3 of the field: a database that a power loss or a worn card has damaged, and an agent that then does nothing.</summary>
public sealed class DamagedDatabaseTests
{
    [Fact]
    public async Task A_file_that_is_no_database_is_set_aside_and_collection_goes_on()
    {
        await using var f = new BufferFixture();
        f.Append();
        Guid before = f.Buffer.Incarnation;
        await f.Buffer.DisposeAsync();
        string path = BufferDatabase.PathIn(f.Options.Directory);
        File.WriteAllText(path, new string('x', 100_000));

        f.Open();

        Assert.NotEqual(before, f.Buffer.Incarnation);
        Assert.Equal(AppendStatus.Appended, f.Append());
        Assert.StartsWith("xxxx", File.ReadAllText(Assert.Single(SetAside(f))));
        DiscardedRange range = Assert.Single(f.Buffer.TakeDiscarded().Ranges);
        Assert.Equal((1, 1, DiscardReasons.DamagedDatabase), (range.FirstSequence, range.LastSequence, range.Reason));
        Assert.Equal([2], f.ReadAll());
        Assert.Equal(1, f.Buffer.PassedContiguous("hub"));
    }

    [Fact]
    public async Task What_can_still_be_read_is_counted_by_device()
    {
        await using var f = new BufferFixture();
        for (int i = 0; i < 200; i++)
        {
            f.Append(5000);
        }

        await f.AcknowledgeAsync(50);
        await f.Buffer.DisposeAsync();
        Damage(f, from: 0.4, to: 0.6);
        f.Open();
        long accounted = f.Buffer.AccountedUntilTicks ?? 0;

        // Pages in the middle are gone, which shows when they are read.
        f.ReadAll();
        await f.Buffer.FlushAsync();

        Assert.NotEmpty(SetAside(f));
        BufferStatistics statistics = f.Buffer.ReadStatistics();
        Assert.Equal(150 * 20, statistics.DiscardedReadings);
        Assert.Equal(50 * 20, statistics.AcknowledgedReadings);
        Assert.True(statistics.Balances);
        DiscardedRange range = Assert.Single(f.Buffer.TakeDiscarded().Ranges);
        Assert.Equal(150 * 20, range.Readings);
        Assert.InRange(range.Accounts.Sum(d => d.Readings), 50 * 20, 150 * 20);
        DiscardedAccount press = Assert.Single(range.Accounts, a => a.Device == "press-01");
        Assert.Equal((press.Readings * 11, Provenance.Live), (press.Due * 10, press.Provenance));
        Assert.Equal(accounted, f.Buffer.AccountedUntilTicks);
    }

    [Fact]
    public async Task A_batch_sealed_for_the_old_chain_is_answered_with_the_new_one()
    {
        await using var f = new BufferFixture();
        f.Append();
        byte[] signed = new byte[100];
        BatchRecord stale = BufferFixture.Record(f.Buffer, signed, f.Time) with { Incarnation = Guid.NewGuid() };

        Assert.Equal(AppendStatus.NewIncarnation, f.Buffer.Append(signed, stale));
        Assert.Equal(AppendStatus.Appended, f.Append());
    }

    /// <summary>Whatever bytes rot, the buffer opens and takes batches, in the old database or in a new one.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Rotten_pages_never_stop_collection(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 10; round++)
        {
            await using var f = new BufferFixture();
            for (int i = 0; i < 30; i++)
            {
                f.Append(random.Next(100, 9000));
            }

            await f.Buffer.DisposeAsync();
            string path = BufferDatabase.PathIn(f.Options.Directory);
            byte[] bytes = File.ReadAllBytes(path);
            for (int i = random.Next(1, 20); i > 0; i--)
            {
                random.NextBytes(bytes.AsSpan(random.Next(bytes.Length - 64), 64));
            }

            File.WriteAllBytes(path, bytes);
            f.Open();
            f.Buffer.TryRead("hub", 0, 1000, 1 << 30, new BufferBlock());
            await f.AcknowledgeAsync(10);
            int appended = 0;
            for (int i = 0; i < 20; i++)
            {
                appended += f.Append(2000) == AppendStatus.Appended ? 1 : 0;
            }

            Assert.True(appended >= 10, $"seed {seed} round {round}: only {appended} of 20 appended");
        }
    }

    private static void Damage(BufferFixture f, double from, double to)
    {
        string path = BufferDatabase.PathIn(f.Options.Directory);
        byte[] bytes = File.ReadAllBytes(path);
        int page = BufferSchema.PageSizeBytes;
        int first = (int)(bytes.Length * from) / page * page;
        int last = (int)(bytes.Length * to) / page * page;
        bytes.AsSpan(first, last - first).Fill(0xA5);
        File.WriteAllBytes(path, bytes);
    }

    private static string[] SetAside(BufferFixture f) => Directory.GetFiles(f.Options.Directory, "buffer.damaged-*.db");
}
