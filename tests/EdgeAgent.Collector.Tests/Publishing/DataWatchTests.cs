using EdgeAgent.Collector.Publishing.Following;

namespace EdgeAgent.Collector.Tests.Publishing;

/// <summary>What brings a publisher's loop back when the buffer has something new.</summary>
public sealed class DataWatchTests
{
    [Fact]
    public async Task Whoever_is_woken_can_watch_again_at_once()
    {
        await using var buffer = new PlantBuffer(["hub"]);
        DataWatch watch = null!;
        var woken = new[] { NewSignal(), NewSignal(), NewSignal() };
        int count = 0;
        watch = new DataWatch(buffer.Buffer, () =>
        {
            // As the loop on another thread, which may be here and asleep again before the one that wakes it goes on.
            int mine = count++;
            if (mine < woken.Length - 1)
            {
                watch.Begin(buffer.Buffer.Incarnation, buffer.Buffer.NextSequence - 1, CancellationToken.None);
            }

            woken[mine].SetResult();
        });
        watch.Begin(buffer.Buffer.Incarnation, 0, CancellationToken.None);
        for (int i = 0; i < woken.Length; i++)
        {
            buffer.AppendCount(i);
            await woken[i].Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    [Fact]
    public async Task One_position_is_watched_at_a_time_and_a_stop_ends_it()
    {
        await using var buffer = new PlantBuffer(["hub"]);
        using var stop = new CancellationTokenSource();
        int woken = 0;
        TaskCompletionSource done = NewSignal();
        var watch = new DataWatch(buffer.Buffer, () =>
        {
            woken++;
            done.TrySetResult();
        });
        watch.Begin(buffer.Buffer.Incarnation, 0, stop.Token);
        watch.Begin(buffer.Buffer.Incarnation, 0, stop.Token);
        await stop.CancelAsync();
        await done.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(1, woken);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
