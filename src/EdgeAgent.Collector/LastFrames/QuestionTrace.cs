using EdgeAgent.Protocols;

namespace EdgeAgent.Collector.LastFrames;

/// <summary>Notes what goes over a connection that carries one question at a time: all that comes until the next question is its answer.</summary>
internal sealed class QuestionTrace(FrameMemory memory) : IWireTrace
{
    /// <summary>Whom the next question is for.</summary>
    public int Device { get; set; } = FrameMemory.Connection;

    public void Sent(ReadOnlySpan<byte> bytes) => memory.Sent(Device, bytes);

    public void Received(ReadOnlySpan<byte> bytes) => memory.ReceivedMore(Device, bytes);
}
