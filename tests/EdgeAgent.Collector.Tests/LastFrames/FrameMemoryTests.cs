using System.Text;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.LastFrames;

public sealed class FrameMemoryTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void The_last_frames_of_each_device_are_kept_apart_newest_first()
    {
        FrameMemory memory = new(3, _time);
        memory.Sent(0, [1, 3, 0]);
        _time.Advance(TimeSpan.FromSeconds(1));
        memory.Received(0, [1, 3, 2, 0, 7]);
        memory.Sent(1, [2, 3, 0]);

        IReadOnlyList<WireFrame> first = memory.Of(0);
        Assert.Equal(["0103020007", "010300"], first.Select(HexOf));
        Assert.Equal([false, true], first.Select(frame => frame.Sent));
        Assert.Equal(TimeSpan.TicksPerSecond, first[0].AtTicks - first[1].AtTicks);
        Assert.Equal(UnixTicks.Now(_time), first[0].AtTicks);
        Assert.Equal("020300", HexOf(Assert.Single(memory.Of(1))));
        Assert.Empty(memory.Of(2));
    }

    [Fact]
    public void What_belongs_to_the_connection_is_shown_with_each_device_in_its_place()
    {
        FrameMemory memory = new(2, _time);
        memory.Sent(0, [1]);
        memory.Sent(FrameMemory.Connection, [2]);
        memory.Received(0, [3]);

        Assert.Equal(["03", "02", "01"], memory.Of(0).Select(HexOf));
        Assert.Equal(["02"], memory.Of(1).Select(HexOf));
    }

    [Fact]
    public void What_comes_in_pieces_is_one_frame_until_something_is_sent()
    {
        FrameMemory memory = new(1, _time);
        memory.ReceivedMore(0, [1]);
        memory.ReceivedMore(0, [2, 3]);
        memory.Sent(0, [4]);
        memory.ReceivedMore(0, [5]);
        memory.ReceivedMore(0, new byte[600]);

        Assert.Equal([(false, 601, FrameMemory.BytesKept), (true, 1, 1), (false, 3, 3)], memory.Of(0).Select(frame => (frame.Sent, frame.Bytes, frame.Start.Length)));
        Assert.Equal(5, memory.Of(0)[0].Start.Span[0]);
    }

    [Fact]
    public void Of_a_frame_that_is_not_whole_the_newest_state_is_shown_until_it_is()
    {
        FrameMemory memory = new(1, _time, Encoding.UTF8);
        memory.Unfinished("ST,+"u8);
        memory.Unfinished("ST,+ 21"u8);
        WireFrame half = Assert.Single(memory.Of(0));
        Assert.Equal(("ST,+ 21", "no whole frame yet"), (half.Text, half.Meaning));

        memory.Unfinished([]);
        Assert.Empty(memory.Of(0));
    }

    [Fact]
    public void Meanings_come_from_the_note_or_from_the_bytes_and_hold_no_control_characters()
    {
        FrameMemory memory = new(1, _time, meaning: (sent, start) => $"{sent} {start.Length}");
        memory.Sent(0, [1, 2]);
        memory.Received(0, [], "told", bytesNotKept: 7);
        memory.Received(0, [9], "a/\u001B[31m/b"u8);

        Assert.Equal(["a/\u241B[31m/b", "told", "True 2"], memory.Of(0).Select(frame => frame.Meaning));
        Assert.Equal([1, 7, 2], memory.Of(0).Select(frame => frame.Bytes));
    }

    [Fact]
    public void Of_many_the_last_are_kept_of_a_long_one_the_start_and_noting_allocates_nothing()
    {
        FrameMemory memory = new(1, _time);
        byte[] frame = new byte[1000];
        for (int i = 0; i < 2 * FrameMemory.FramesKept; i++)
        {
            memory.Received(0, frame, "some/topic"u8);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        memory.Sent(0, frame);
        memory.ReceivedMore(0, frame);
        memory.Received(0, frame, "some/topic"u8);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        Assert.Equal(FrameMemory.FramesKept, memory.Of(0).Count);
        Assert.Equal((FrameMemory.BytesKept, 1000, "some/topic"), (memory.Of(0)[0].Start.Length, memory.Of(0)[0].Bytes, memory.Of(0)[0].Meaning));
    }

    [Fact]
    public async Task Whoever_looks_while_frames_come_sees_whole_ones()
    {
        FrameMemory memory = new(1, TimeProvider.System);
        using CancellationTokenSource enough = new();
        Task noting = Task.Run(() =>
        {
            for (byte i = 1; !enough.IsCancellationRequested; i = (byte)(i == 255 ? 1 : i + 1))
            {
                memory.Received(0, Enumerable.Repeat(i, i).ToArray());
            }
        });

        for (int looks = 0; looks < 2000; looks++)
        {
            Assert.All(memory.Of(0), frame => Assert.Equal(frame.Bytes, frame.Start.ToArray().Count(value => value == frame.Start.Span[0])));
        }

        await enough.CancelAsync();
        await noting;
    }

    private static string HexOf(WireFrame frame) => Convert.ToHexString(frame.Start.Span);
}
