using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Protocols;

namespace EdgeAgent.Collector.Asking;

/// <summary>Notes the frames of a line of meters by the address that a question names; all that comes until the next question is its answer.</summary>
/// <param name="addresses">Of each meter, as it lies in a frame behind its first byte.</param>
internal sealed class MeterTrace(FrameMemory memory, byte[][] addresses) : IWireTrace
{
    /// <summary>What frames of meters begin with, behind a few FE that wake the line.</summary>
    private const byte Start = 0x68;

    private volatile int _asked = FrameMemory.Connection;

    public void Sent(ReadOnlySpan<byte> bytes)
    {
        _asked = DeviceOf(bytes[(bytes.IndexOf(Start) + 1)..]);
        memory.Sent(_asked, bytes);
    }

    public void Received(ReadOnlySpan<byte> bytes) => memory.ReceivedMore(_asked, bytes);

    private int DeviceOf(ReadOnlySpan<byte> afterStart)
    {
        for (int device = 0; device < addresses.Length; device++)
        {
            if (afterStart.StartsWith(addresses[device]))
            {
                return device;
            }
        }

        return FrameMemory.Connection;
    }
}
