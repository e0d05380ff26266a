using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Tests.Buffer;

/// <summary>A buffer that was put back from a backup, while its numbers went on being used.</summary>
public sealed class RestoredBufferTests
{
    [Fact]
    public async Task It_takes_no_number_that_may_have_been_used_and_declares_what_was_due_since_once()
    {
        await using var f = new BufferFixture();
        for (int i = 0; i < 10; i++)
        {
            f.Append();
        }

        Guid incarnation = f.Buffer.Incarnation;
        long? until = f.Buffer.AccountedUntilTicks;
        string copy = f.CopyFiles();
        long next = RestoredBuffer.Mark(copy, 1_000_000);
        Assert.True(next > 1_000_000);
        List<long> asked = [];
        BufferOptions options = f.Options with
        {
            Directory = copy,
            DueSince = from =>
            {
                asked.Add(from);
                return new RestoredGap(from + 77, [new DiscardedAccount("press", 489_000, Provenance.Live, 600, 0), new DiscardedAccount("new", 489_001, Provenance.Live, 60, 0)]);
            },
        };

        await using (BatchBuffer restored = BatchBuffer.Open(options, f.Time, f.Logger))
        {
            Assert.Equal((incarnation, next), (restored.Incarnation, restored.NextSequence));
            Assert.Equal(10, BufferFixture.ReadAll(restored).Count);
            Assert.Equal(until is null ? [] : [until.Value], asked);
            Assert.Equal(until + 77, restored.AccountedUntilTicks);
            DiscardedRange declared = Assert.Single(restored.TakeDiscarded().Ranges);
            Assert.Equal((11, next - 1, DiscardReasons.RestoredBackup, 0), (declared.FirstSequence, declared.LastSequence, declared.Reason, declared.Readings));
            Assert.Equal([("press", 600L), ("new", 60L)], declared.Accounts.Select(a => (a.Device, a.Due)));
            byte[] signed = new byte[10];
            Assert.Equal(AppendStatus.Appended, restored.Append(signed, BufferFixture.Record(restored, signed, f.Time)));
        }

        await using BatchBuffer again = BatchBuffer.Open(options, f.Time, f.Logger);
        Assert.Equal(next + 1, again.NextSequence);
        Assert.True(asked.Count <= 1, "a second start is a start like any other");
    }

    [Fact]
    public async Task With_too_much_to_declare_the_agent_books_the_time_itself()
    {
        await using var f = new BufferFixture();
        f.Append();
        string copy = f.CopyFiles();
        RestoredBuffer.Mark(copy, 100);

        await using BatchBuffer restored = BatchBuffer.Open(f.Options with { Directory = copy, DueSince = from => new RestoredGap(from + 77, null) }, f.Time, f.Logger);

        Assert.Equal(f.Buffer.AccountedUntilTicks, restored.AccountedUntilTicks);
        Assert.Empty(Assert.Single(restored.TakeDiscarded().Ranges).Accounts);
    }

    [Fact]
    public void What_is_no_buffer_is_refused()
    {
        using var directory = new TestKit.TempDirectory();
        File.WriteAllText(directory.File("buffer.db"), "not a database, but as long as one would have to be: " + new string('x', 4096));
        Assert.Throws<IOException>(() => RestoredBuffer.Mark(directory.Path, 1));
    }
}
