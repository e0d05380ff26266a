using EdgeAgent.Collector.Scheduling;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Scheduling;

public sealed class DueTimerTests
{
    [Fact]
    public void A_wait_ends_at_its_due_time_and_not_before()
    {
        var time = new FakeTimeProvider();
        using var timer = new DueTimer(time);
        ValueTask wait = timer.WaitAsync(time.GetTimestamp() + TimeSpan.FromMilliseconds(9.3).Ticks);
        time.Advance(TimeSpan.FromMilliseconds(9));
        Assert.False(wait.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(wait.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_wake_up_before_the_wait_is_not_lost()
    {
        var time = new FakeTimeProvider();
        using var timer = new DueTimer(time);
        timer.Wake();
        Assert.True(timer.WaitAsync(long.MaxValue).IsCompletedSuccessfully);
        Assert.False(timer.WaitAsync(long.MaxValue).IsCompleted);
    }

    [Fact]
    public async Task Wake_ups_from_many_threads_are_never_lost()
    {
        using var timer = new DueTimer(TimeProvider.System, continueElsewhere: true);
        const int rounds = 20_000;
        int pending = 0;
        Task producers = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < rounds; i++)
            {
                Interlocked.Increment(ref pending);
                timer.Wake();
            }
        })));
        int taken = 0;
        while (taken < 4 * rounds)
        {
            await timer.WaitAsync(long.MaxValue).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
            taken += Interlocked.Exchange(ref pending, 0);
        }

        await producers;
    }

    [Fact]
    public void Waiting_allocates_nothing()
    {
        using var timer = new DueTimer(TimeProvider.System);
        void Round()
        {
            ValueTask wait = timer.WaitAsync(long.MaxValue);
            timer.Wake();
            wait.GetAwaiter().GetResult();
        }

        Round();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Round();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
