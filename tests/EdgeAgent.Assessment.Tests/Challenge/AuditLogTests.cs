using System.Text;
using EdgeAgent.Assessment.Challenge;
using EdgeAgent.TestKit;

namespace EdgeAgent.Assessment.Tests.Challenge;

public sealed class AuditLogTests
{
    [Fact]
    public void Entries_are_chained_over_restarts_and_by_several_writers()
    {
        using TempDirectory directory = new();
        string path = directory.File("audit", "log.jsonl");
        AuditLog one = new(path, TimeProvider.System), other = new(path, TimeProvider.System);
        one.Append("甲", "first");
        other.Append("乙", "second", ("b", "2"), ("a", "1"));
        one.Append("甲", "third");
        IReadOnlyList<AuditEntry> entries = AuditChain.Read(new AuditLog(path, TimeProvider.System).ReadAll(), out string? problem);
        Assert.Null(problem);
        Assert.Equal([1L, 2, 3], entries.Select(e => e.Sequence));
        Assert.Equal("a,b", string.Join(',', entries[1].Facts.Keys));
    }

    [Fact]
    public void Many_threads_leave_one_chain()
    {
        using TempDirectory directory = new();
        string path = directory.File("log.jsonl");
        AuditLog[] logs = [new(path, TimeProvider.System), new(path, TimeProvider.System)];
        Parallel.For(0, 60, i => logs[i % 2].Append("x", $"entry {i}"));
        Assert.Equal(60, AuditChain.Read(logs[0].ReadAll(), out string? problem).Count);
        Assert.Null(problem);
    }

    [Fact]
    public void A_line_that_was_changed_removed_inserted_or_swapped_is_named()
    {
        using TempDirectory directory = new();
        AuditLog log = new(directory.File("log.jsonl"), TimeProvider.System);
        for (int i = 0; i < 10; i++)
        {
            log.Append("x", $"entry {i}", ("number", $"{i}"));
        }

        string[] lines = Encoding.UTF8.GetString(log.ReadAll()).TrimEnd('\n').Split('\n');
        Random random = new(5);
        for (int i = 0; i < 100; i++)
        {
            List<string> changed = [.. lines];
            int at = random.Next(0, 9);
            switch (i % 4)
            {
                case 0: changed[at] = changed[at].Replace($"\"number\":\"{at}\"", "\"number\":\"77\"", StringComparison.Ordinal); break;
                case 1: changed.RemoveAt(at); break;
                case 2: changed.Insert(at, changed[at]); break;
                default: (changed[at], changed[at + 1]) = (changed[at + 1], changed[at]); break;
            }

            AuditChain.Read(Encoding.UTF8.GetBytes(string.Join('\n', changed) + "\n"), out string? problem);
            Assert.NotNull(problem);
        }
    }

    [Fact]
    public void What_a_power_cut_left_of_a_line_is_cut_off_and_a_broken_log_takes_nothing_more()
    {
        using TempDirectory directory = new();
        string path = directory.File("log.jsonl");
        AuditLog log = new(path, TimeProvider.System);
        log.Append("x", "first");
        File.AppendAllText(path, "{\"sequence\":2,");
        log.Append("x", "second");
        Assert.Equal(2, AuditChain.Read(log.ReadAll(), out string? problem).Count);
        Assert.Null(problem);

        File.WriteAllText(path, File.ReadAllText(path).Replace("first", "other", StringComparison.Ordinal) + "x");
        Assert.Throws<IOException>(() => new AuditLog(path, TimeProvider.System).Append("x", "third"));
    }

    [Theory]
    [InlineData("null\n")]
    [InlineData("{}\n")]
    [InlineData("\n")]
    [InlineData("{\"sequence\":1}\n")]
    [InlineData("[1,2,3]\n")]
    public void What_is_no_entry_is_named_and_nothing_is_thrown(string text)
    {
        Assert.Empty(AuditChain.Read(Encoding.UTF8.GetBytes(text), out string? problem));
        Assert.Contains("line 1", problem, StringComparison.Ordinal);
    }
}
