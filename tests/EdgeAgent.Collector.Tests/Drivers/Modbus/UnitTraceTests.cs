using EdgeAgent.Collector.Drivers.Modbus.Line;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Drivers.Modbus;

public sealed class UnitTraceTests
{
    private readonly FrameMemory _memory = new(UnitTrace.Units, new FakeTimeProvider());

    [Fact]
    public void An_answer_with_a_header_is_of_the_unit_it_names_whoever_was_asked_last()
    {
        UnitTrace trace = new(_memory, isNumbered: true);
        trace.Sent(1, [0, 1, 0, 0, 0, 6, 1, 3]);
        trace.Sent(2, [0, 2, 0, 0, 0, 6, 2, 3]);
        trace.Received([0, 1, 0, 0, 0, 5, 1, 3, 2, 0, 7]);

        Assert.Equal(2, _memory.Of(1).Count);
        Assert.Single(_memory.Of(2));
    }

    [Fact]
    public void Without_headers_all_that_comes_answers_whoever_was_asked_last()
    {
        UnitTrace trace = new(_memory, isNumbered: false);
        trace.Sent(255, [255, 3, 0]);
        trace.Received([255, 3]);
        trace.Received([2, 0, 7]);

        Assert.Equal(["FF03020007", "FF0300"], _memory.Of(255).Select(frame => Convert.ToHexString(frame.Start.Span)));
    }
}
