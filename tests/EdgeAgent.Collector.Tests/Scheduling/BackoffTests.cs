using EdgeAgent.Collector.Scheduling;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Scheduling;

public sealed class BackoffTests
{
    [Fact]
    public void Pauses_double_up_to_the_most_and_begin_anew_after_a_success()
    {
        var backoff = new Backoff(500, 30_000, () => 1);
        Assert.Equal([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000], Enumerable.Range(0, 8).Select(_ => (int)backoff.Next().TotalMilliseconds));
        backoff.Reset();
        Assert.Equal(500, backoff.Next().TotalMilliseconds);
    }

    [Fact]
    public void Jitter_spreads_over_the_last_quarter()
    {
        var random = new Random(1);
        var backoff = new Backoff(1000, 1000, random.NextDouble);
        double[] pauses = [.. Enumerable.Range(0, 1000).Select(_ => backoff.Next().TotalMilliseconds)];
        Assert.InRange(pauses.Min(), 750, 760);
        Assert.InRange(pauses.Max(), 990, 1000);
    }

    [Fact]
    public void A_lasting_problem_is_told_at_first_and_then_now_and_then()
    {
        var time = new FakeTimeProvider();
        var problem = new RepeatedProblem(time);
        int told = 0;
        for (int second = 0; second < 1000; second++)
        {
            told += problem.Happened() ? 1 : 0;
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(4, told);
        Assert.True(problem.WentAway());
        Assert.False(problem.WentAway());
        Assert.True(problem.Happened());
    }
}
