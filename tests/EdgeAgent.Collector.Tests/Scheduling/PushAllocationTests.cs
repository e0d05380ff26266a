using System.Threading.Tasks.Sources;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Collector.Scheduling;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Scheduling;

public sealed class PushAllocationTests
{
    private const int Tags = 100;

    [Fact]
    public void Taking_a_reading_allocates_nothing()
    {
        var time = new FakeTimeProvider();
        var pool = new ReadingBatchPool();
        var flood = new Flood();
        ScanGroup[] groups = [new ScanGroup(0, 0, 1000, [.. Enumerable.Range(0, Tags)])];
        var options = new EndpointLoopOptions("flood", ["device"], groups, [ScanGrid.Create(1000, 0)], Provenance.Live, null);
        var booking = new ScanBooking(new EndpointSlot("flood"), new Recycling(pool), pool, time);
        using var loop = new PushLoop(options, flood, booking, pool, SchedulingLimits.Default, new Random(1), time, NullLoggerFactory.Instance);
        using var stop = new CancellationTokenSource();
        using var onThisThread = new ThisThreadOnly();
        _ = loop.RunAsync(stop.Token);
        flood.Pour(10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        flood.Pour(1000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // The test's own clock allocates a little each time the loop goes to sleep, which it does once here.
        Assert.InRange(allocated, 0, 2_000);
        Assert.Equal(1010 * Tags, flood.Sent);
        stop.Cancel();
    }

    /// <summary>Gives every batch straight back.</summary>
    private sealed class Recycling(ReadingBatchPool pool) : IScanSink
    {
        public bool TryPost(in ScanResult result)
        {
            if (result.Readings is { } readings)
            {
                pool.Return(readings);
            }

            return true;
        }
    }

    /// <summary>Has as many receives at hand as the test pours in.</summary>
    private sealed class Flood : IPushedEndpoint, IValueTaskSource<PushOutcome>
    {
        private ManualResetValueTaskSourceCore<PushOutcome> _core;
        private int _left;

        public long Sent { get; private set; }

        public bool IsConnected { get; private set; }

        public void Pour(int receives)
        {
            _left = receives;
            _core.SetResult(default);
        }

        public ValueTask ConnectAsync(CancellationToken cancellation)
        {
            IsConnected = true;
            return ValueTask.CompletedTask;
        }

        public ValueTask DisconnectAsync() => ValueTask.CompletedTask;

        public ValueTask<PushOutcome> ReceiveAsync(ReadingBatch into, CancellationToken cancellation)
        {
            if (_left == 0)
            {
                _core.Reset();
                return new ValueTask<PushOutcome>(this, _core.Version);
            }

            _left--;
            for (int tag = 0; tag < Tags; tag++)
            {
                into.Add(Reading.Int64(tag, Quality.Good, Sent, Sent));
                Sent++;
            }

            return ValueTask.FromResult(default(PushOutcome));
        }

        public bool Vouches(int group) => true;

        public bool IsSimulated(int device) => false;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        PushOutcome IValueTaskSource<PushOutcome>.GetResult(short token) => _core.GetResult(token);

        ValueTaskSourceStatus IValueTaskSource<PushOutcome>.GetStatus(short token) => _core.GetStatus(token);

        void IValueTaskSource<PushOutcome>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);
    }
}
