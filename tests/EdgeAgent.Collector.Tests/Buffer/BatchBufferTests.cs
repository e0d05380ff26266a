using System.Security.Cryptography;
using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Tests.Buffer;

public sealed class BatchBufferTests
{
    [Fact]
    public async Task A_fresh_buffer_starts_at_sequence_1_with_a_hash_of_zeros()
    {
        await using var f = new BufferFixture();

        Assert.Equal(1, f.Buffer.NextSequence);
        Assert.Equal(new byte[32], f.Buffer.LastHash.ToArray());
        Assert.NotEqual(Guid.Empty, f.Buffer.Incarnation);
        Assert.Null(f.Buffer.AccountedUntilTicks);
    }

    [Fact]
    public async Task What_was_appended_is_there_after_reopening_with_its_chain()
    {
        await using var f = new BufferFixture();
        byte[] signed = RandomNumberGenerator.GetBytes(70_000);
        BatchRecord record = BufferFixture.Record(f.Buffer, signed, f.Time);
        Assert.Equal(AppendStatus.Appended, f.Buffer.Append(signed, record));
        Guid incarnation = f.Buffer.Incarnation;

        await f.ReopenAsync();

        Assert.Equal(incarnation, f.Buffer.Incarnation);
        Assert.Equal(2, f.Buffer.NextSequence);
        Assert.Equal(SHA256.HashData(signed), f.Buffer.LastHash.ToArray());
        Assert.Equal(record.AccountedUntilTicks, f.Buffer.AccountedUntilTicks);
        var block = new BufferBlock();
        Assert.True(f.Buffer.TryRead("hub", 0, 10, 1 << 20, block));
        Assert.Equal(signed, block.Signed(Assert.Single(block.Batches)).ToArray());
    }

    [Fact]
    public async Task A_sequence_out_of_order_is_refused_and_changes_nothing()
    {
        await using var f = new BufferFixture();
        byte[] signed = new byte[10];

        // Often, since a refused caller that was let go too early met the writer at work on its next append once in thousands of times.
        for (int sequence = 1; sequence <= 300; sequence++)
        {
            BatchRecord record = BufferFixture.Record(f.Buffer, signed, f.Time) with { Sequence = sequence + 1 };
            Assert.Throws<ArgumentException>(() => f.Buffer.Append(signed, record));
            Assert.Equal(AppendStatus.Appended, f.Append());
            Assert.Equal(sequence + 1, f.Buffer.NextSequence);
        }

        Assert.Equal(Enumerable.Range(1, 300).Select(sequence => (long)sequence), f.ReadAll());
    }

    /// <summary>More is deleted than one transaction takes, and the process ends after the first: stopped, or killed.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_stop_left_undeleted_of_an_acknowledgement_is_deleted_at_the_next_start(bool killed)
    {
        await using var f = new BufferFixture();
        for (int i = 0; i < 1100; i++)
        {
            f.Append(10);
        }

        f.Buffer.Acknowledge("hub", f.Buffer.Incarnation, 1099);
        await f.Buffer.DisposeAsync();
        if (killed)
        {
            string path = BufferDatabase.PathIn(f.Options.Directory);
            using var connection = EdgeAgent.Collector.Buffer.Sqlite.SqliteConnectionHandle.Open(path, SQLitePCL.raw.SQLITE_OPEN_READWRITE);
            connection.Execute("UPDATE meta SET clean = 0");
        }

        f.Open();
        Assert.Equal([1100], f.ReadAll());
        BufferStatistics statistics = f.Buffer.ReadStatistics();
        Assert.Equal((1, 20, 1099 * 20, 0), (statistics.PendingBatches, statistics.PendingReadings, statistics.AcknowledgedReadings, statistics.DiscardedReadings));
        Assert.True(statistics.Balances);
    }

    [Fact]
    public async Task Acknowledged_batches_go_and_the_readings_balance()
    {
        await using var f = new BufferFixture();
        for (int i = 0; i < 10; i++)
        {
            f.Append();
        }

        await f.AcknowledgeAsync(3, new SequenceRange(6, 7), new SequenceRange(9, 9));

        Assert.Equal([4, 5, 8, 10], f.ReadAll());
        BufferStatistics statistics = f.Buffer.ReadStatistics();
        Assert.Equal((4, 80, 120, 200), (statistics.PendingBatches, statistics.PendingReadings, statistics.AcknowledgedReadings, statistics.BufferedReadings));
        Assert.True(statistics.Balances);
        await f.ReopenAsync();
        Assert.Equal([4, 5, 8, 10], f.ReadAll());
        Assert.Equal(3, f.Buffer.PassedContiguous("hub"));
    }

    [Fact]
    public async Task An_acknowledgement_of_what_was_never_appended_deletes_nothing_later()
    {
        await using var f = new BufferFixture();
        f.Append();
        await f.AcknowledgeAsync(1_000_000);
        f.Append();

        await f.Buffer.FlushAsync();

        Assert.Equal([2], f.ReadAll());
    }

    [Fact]
    public async Task An_acknowledgement_of_another_incarnation_is_ignored()
    {
        await using var f = new BufferFixture();
        f.Append();

        f.Buffer.Acknowledge("hub", Guid.NewGuid(), 1);
        await f.Buffer.FlushAsync();

        Assert.Equal([1], f.ReadAll());
    }

    [Fact]
    public async Task A_batch_goes_when_every_cursor_has_passed_it()
    {
        await using var f = new BufferFixture(o => o with { Cursors = ["hub", "plant"] });
        for (int i = 0; i < 5; i++)
        {
            f.Append();
        }

        await f.AcknowledgeAsync(4);
        Assert.Equal([5], f.ReadAll("hub"));
        Assert.Equal([1, 2, 3, 4, 5], f.ReadAll("plant"));

        f.Buffer.Acknowledge("plant", f.Buffer.Incarnation, 2, [new SequenceRange(5, 5)]);
        await f.Buffer.FlushAsync();
        Assert.Equal(3, f.Buffer.ReadStatistics().PendingBatches);
        Assert.Equal([3, 4], f.ReadAll("plant"));
        Assert.Equal([5], f.ReadAll("hub"));
    }

    [Fact]
    public async Task A_new_cursor_begins_at_the_oldest_batch_and_a_removed_one_holds_nothing_back()
    {
        await using var f = new BufferFixture();
        for (int i = 0; i < 5; i++)
        {
            f.Append();
        }

        await f.AcknowledgeAsync(2);
        f.Options = f.Options with { Cursors = ["hub", "late"] };
        await f.ReopenAsync();
        Assert.Equal([3, 4, 5], f.ReadAll("late"));
        await f.AcknowledgeAsync(4);
        Assert.Equal(3, f.Buffer.ReadStatistics().PendingBatches);

        f.Options = f.Options with { Cursors = ["hub"] };
        await f.ReopenAsync();
        await f.AcknowledgeAsync(5);
        BufferStatistics statistics = f.Buffer.ReadStatistics();
        Assert.Equal((0, 0, 0), (statistics.PendingBatches, statistics.PendingReadings, statistics.PendingBytes));
        Assert.True(statistics.Balances);
    }

    [Fact]
    public async Task A_second_agent_on_the_directory_is_refused_by_name()
    {
        await using var f = new BufferFixture();

        var refused = Assert.Throws<BufferInUseException>(() => BatchBuffer.Open(f.Options, f.Time, f.Logger));

        Assert.Contains(f.Options.Directory, refused.Message);
    }

    [Fact]
    public async Task Waiting_for_data_ends_with_the_next_append()
    {
        await using var f = new BufferFixture();
        Task waiting = f.Buffer.WaitForDataAsync(f.Buffer.Incarnation, 0, CancellationToken.None);
        Assert.False(waiting.IsCompleted);

        f.Append();

        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
