using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Tests.Buffer;

/// <summary>Plays a power cut: the files as the disk may have them, and another run of the operating system.</summary>
public sealed class PowerCutTests
{
    /// <summary>Under normal, the disk may have any part of the write-ahead log. Whatever it has, the chain is whole and no number is used twice.</summary>
    [Fact]
    public async Task Any_part_of_the_log_leaves_a_whole_chain_and_no_number_is_used_twice()
    {
        await using var f = new BufferFixture();
        for (int i = 0; i < 60; i++)
        {
            f.Append(3000);
        }

        Guid incarnation = f.Buffer.Incarnation;
        long next = f.Buffer.NextSequence;
        var random = new Random(7);
        long log = new FileInfo(BufferDatabase.PathIn(f.Options.Directory) + "-wal").Length;
        for (int round = 0; round < 40; round++)
        {
            // The first commit reserved the numbers and was synced before its batch could be published, so it is there.
            string directory = f.CopyFiles(random.NextInt64(log / 20, log + 1));
            await using BatchBuffer after = BatchBuffer.Open(
                f.Options with { Directory = directory, BootId = "after the power cut" }, f.Time, f.Logger);
            Assert.Equal(incarnation, after.Incarnation);
            List<long> held = BufferFixture.ReadAll(after);
            Assert.Equal(Enumerable.Range(1, held.Count).Select(s => (long)s), held);
            Assert.True(after.NextSequence >= next, $"{after.NextSequence} may be in use");
            DiscardedRange skipped = Assert.Single(after.TakeDiscarded().Ranges);
            Assert.Equal((held.Count + 1, after.NextSequence - 1, DiscardReasons.PowerCut, 0), (skipped.FirstSequence, skipped.LastSequence, skipped.Reason, skipped.Readings));
            byte[] signed = new byte[10];
            Assert.Equal(AppendStatus.Appended, after.Append(signed, BufferFixture.Record(after, signed, f.Time)));
        }
    }

    [Fact]
    public async Task A_killed_process_skips_no_number()
    {
        await using var f = new BufferFixture();
        for (int i = 0; i < 10; i++)
        {
            f.Append();
        }

        await using BatchBuffer after = BatchBuffer.Open(f.Options with { Directory = f.CopyFiles() }, f.Time, f.Logger);

        Assert.Equal(11, after.NextSequence);
        Assert.Empty(after.TakeDiscarded().Ranges);
    }

    [Fact]
    public async Task A_clean_stop_before_the_machine_starts_anew_skips_no_number()
    {
        await using var f = new BufferFixture();
        f.Append();
        await f.Buffer.DisposeAsync();
        f.Options = f.Options with { BootId = "after a shutdown" };

        f.Open();

        Assert.Equal(2, f.Buffer.NextSequence);
    }

    [Fact]
    public async Task Under_full_nothing_is_skipped_because_nothing_can_be_missing()
    {
        await using var f = new BufferFixture(o => o with { Durability = BufferDurability.Full });
        f.Append();

        await using BatchBuffer after = BatchBuffer.Open(
            f.Options with { Directory = f.CopyFiles(), BootId = "after the power cut" }, f.Time, f.Logger);

        Assert.Equal(2, after.NextSequence);
        Assert.Equal([1], BufferFixture.ReadAll(after));
    }
}
