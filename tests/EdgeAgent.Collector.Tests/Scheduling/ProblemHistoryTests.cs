using EdgeAgent.Collector.Scheduling;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Scheduling;

public sealed class ProblemHistoryTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_problem_is_kept_from_when_to_when_with_how_often_it_was_met()
    {
        ProblemHistory history = new(_time);
        long began = UnixTicks.Now(_time);
        history.Note("no answer");
        _time.Advance(TimeSpan.FromSeconds(1));
        history.Note("no answer");
        _time.Advance(TimeSpan.FromSeconds(1));
        history.Note(null);
        history.Note(null);

        Assert.Equal([new PastProblem(began, began + (2 * TimeSpan.TicksPerSecond), "no answer", 2)], history.Read());
    }

    [Fact]
    public void Another_problem_ends_the_one_before_and_the_oldest_make_room()
    {
        ProblemHistory history = new(_time);
        for (int i = 0; i < 20; i++)
        {
            history.Note($"problem {i}");
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        IReadOnlyList<PastProblem> kept = history.Read();
        Assert.Equal(Enumerable.Range(12, 8).Reverse().Select(i => $"problem {i}"), kept.Select(p => p.Text));
        Assert.Null(kept[0].UntilTicks);
        Assert.All(kept.Skip(1), p => Assert.Equal(TimeSpan.TicksPerSecond, p.UntilTicks - p.FromTicks));
    }

    [Fact]
    public void Noting_that_there_is_none_or_the_same_again_allocates_nothing()
    {
        ProblemHistory history = new(_time);
        history.Note("no answer");
        Note(history);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Note(history);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Note(ProblemHistory history)
    {
        for (int i = 0; i < 100; i++)
        {
            history.Note("no answer");
        }
    }
}
