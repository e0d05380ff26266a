using System.Buffers;
using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>Cuts packets out of a pipe's bytes. Each packet gets an array of its own, which messages go on to live in.</summary>
internal static class FrameTaker
{
    private const int HeaderSizeMax = 5;

    /// <summary>Takes the next packet; false with no fault: more bytes are needed.</summary>
    public static bool TryTake(
        ref ReadOnlySequence<byte> bytes, MqttVersion version, int sizeBytesMax, out PacketFrame frame, out ReadOnlyMemory<byte> body, out MqttFault fault)
    {
        body = default;
        Span<byte> header = stackalloc byte[HeaderSizeMax];
        int size = (int)Math.Min(bytes.Length, HeaderSizeMax);
        bytes.Slice(0, size).CopyTo(header);
        if (!PacketFrame.TryRead(header[..size], version, sizeBytesMax, out frame, out fault) || bytes.Length < frame.Size)
        {
            return false;
        }
        byte[] own = GC.AllocateUninitializedArray<byte>(frame.BodySize);
        bytes.Slice(frame.HeaderSize, frame.BodySize).CopyTo(own);
        body = own;
        bytes = bytes.Slice(frame.Size);
        return true;
    }
}
