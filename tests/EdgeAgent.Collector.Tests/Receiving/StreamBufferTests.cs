using EdgeAgent.Collector.Receiving.Inlets;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Receiving;

public sealed class StreamBufferTests
{
    private static readonly TimeSpan IdleMost = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_timer_that_fires_while_the_bytes_arrive_does_no_harm()
    {
        var time = new LateTimers();
        var buffer = new StreamBuffer(16);
        Assert.True(await buffer.FillAsync(new MemoryStream([1, 2, 3]), IdleMost, time, default));
        Assert.Equal([1, 2, 3], buffer.Unread.ToArray());

        // On the timer's thread nobody would catch what this throws.
        Assert.NotEmpty(time.Callbacks);
        time.Callbacks.ForEach(fire => fire());
    }

    [Fact]
    public async Task A_silent_peer_is_given_up_and_a_stop_is_a_stop()
    {
        var time = new FakeTimeProvider();
        Task<bool> filling = new StreamBuffer(16).FillAsync(new SilentStream(), IdleMost, time, default).AsTask();
        time.Advance(IdleMost);
        Assert.Contains("nothing came for 5 s", (await Assert.ThrowsAsync<TimeoutException>(() => filling)).Message, StringComparison.Ordinal);

        using var stop = new CancellationTokenSource();
        filling = new StreamBuffer(16).FillAsync(new SilentStream(), IdleMost, time, stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => filling);
    }

    /// <summary>Timers whose callback was on its way already when they were disposed.</summary>
    private sealed class LateTimers : TimeProvider
    {
        public List<Action> Callbacks { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Callbacks.Add(() => callback(state));
            return new NoTimer();
        }

        private sealed class NoTimer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }

    private sealed class SilentStream : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }
}
