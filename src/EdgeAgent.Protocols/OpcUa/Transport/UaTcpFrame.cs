using System.Buffers.Binary;

namespace EdgeAgent.Protocols.OpcUa.Transport;

/// <summary>The header that every UA-TCP message and chunk begins with (OPC 10000-6 §7.1.2.2).</summary>
internal readonly record struct UaTcpFrame(UaTcpMessageType Type, ChunkKind Chunk, int SizeBytes)
{
    public const int HeaderBytes = 8;

    /// <summary>Finds the first frame; a refused one is refused by its header, before its bytes have been waited for.</summary>
    public static FrameStatus Read(ReadOnlySpan<byte> received, int sizeBytesMax, out UaTcpFrame frame)
    {
        frame = default;
        if (received.Length < HeaderBytes)
        {
            return FrameStatus.Incomplete;
        }
        uint word = BinaryPrimitives.ReadUInt32LittleEndian(received);
        var type = (UaTcpMessageType)(word & 0xFF_FFFF);
        var chunk = (ChunkKind)(word >> 24);
        if (!IsAllowed(type, chunk))
        {
            return FrameStatus.TypeInvalid;
        }
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(received[4..]);
        if (size < HeaderBytes || size > (uint)sizeBytesMax)
        {
            return FrameStatus.SizeInvalid;
        }
        frame = new UaTcpFrame(type, chunk, (int)size);
        return received.Length < frame.SizeBytes ? FrameStatus.Incomplete : FrameStatus.Complete;
    }

    public static void Write(Span<byte> target, UaTcpMessageType type, ChunkKind chunk, int sizeBytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(target, (uint)type | (uint)chunk << 24);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], (uint)sizeBytes);
    }

    // Only messages of services come in several chunks (§6.7.2.2); an Open may not either, it must fit one.
    private static bool IsAllowed(UaTcpMessageType type, ChunkKind chunk) => type switch
    {
        UaTcpMessageType.Message => chunk is ChunkKind.Final or ChunkKind.Intermediate or ChunkKind.Abort,
        UaTcpMessageType.Hello or UaTcpMessageType.Acknowledge or UaTcpMessageType.Error
            or UaTcpMessageType.OpenSecureChannel or UaTcpMessageType.CloseSecureChannel => chunk == ChunkKind.Final,
        _ => false,
    };
}
