using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Drivers.Modbus.Line;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Drivers.Modbus;

public sealed class FrameMemoryTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void The_last_frames_of_each_unit_are_kept_apart_newest_first()
    {
        FrameMemory memory = new(isNumbered: false, _time);
        memory.Sent(1, [1, 3, 0]);
        _time.Advance(TimeSpan.FromSeconds(1));
        memory.Received([1, 3, 2, 0, 7]);
        memory.Sent(2, [2, 3, 0]);

        IReadOnlyList<WireFrame> one = memory.Of(1);
        Assert.Equal(["0103020007", "010300"], one.Select(f => Convert.ToHexString(f.Start.Span)));
        Assert.Equal([false, true], one.Select(f => f.Sent));
        Assert.Equal(TimeSpan.TicksPerSecond, one[0].AtTicks - one[1].AtTicks);
        Assert.Equal(UnixTicks.Now(_time), one[0].AtTicks);
        Assert.Equal("020300", Convert.ToHexString(Assert.Single(memory.Of(2)).Start.Span));
        Assert.Empty(memory.Of(3));
    }

    [Fact]
    public void An_answer_with_a_header_is_of_the_unit_it_names_whoever_was_asked_last()
    {
        FrameMemory memory = new(isNumbered: true, _time);
        memory.Sent(1, [0, 1, 0, 0, 0, 6, 1, 3]);
        memory.Sent(2, [0, 2, 0, 0, 0, 6, 2, 3]);
        memory.Received([0, 1, 0, 0, 0, 5, 1, 3, 2, 0, 7]);

        Assert.Equal(2, memory.Of(1).Count);
        Assert.Single(memory.Of(2));
    }

    [Fact]
    public void Of_a_long_frame_the_start_is_kept_and_noting_one_allocates_nothing()
    {
        FrameMemory memory = new(isNumbered: false, _time);
        byte[] frame = new byte[260];
        for (int i = 0; i < 20; i++)
        {
            memory.Sent(1, frame);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        memory.Sent(1, frame);
        memory.Received(frame);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(6, memory.Of(1).Count);
        Assert.Equal((64, 260), (memory.Of(1)[0].Start.Length, memory.Of(1)[0].Bytes));
    }
}
