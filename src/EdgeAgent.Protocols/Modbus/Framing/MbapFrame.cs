using System.Buffers.Binary;

namespace EdgeAgent.Protocols.Modbus.Framing;

/// <summary>Modbus TCP framing.</summary>
public static class MbapFrame
{
    /// <summary>Writes the header in front of a PDU that stands (or will stand) at offset 7.</summary>
    public static void WriteHeader(Span<byte> destination, in MbapHeader header)
    {
        destination[6] = header.UnitId;
        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], (ushort)(header.PduBytes + 1));
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(destination, header.TransactionId);
    }

    /// <summary>Looks at the beginning of <paramref name="received"/>. Complete: the PDU is in <paramref name="pdu"/> and the frame is
    /// <see cref="MbapHeader.FrameBytes"/> long. Incomplete with a known length when at least the header is there.</summary>
    public static FrameStatus Read(ReadOnlySpan<byte> received, out MbapHeader header, out ReadOnlySpan<byte> pdu)
    {
        header = default;
        pdu = default;
        if (received.Length < 6)
        {
            // Whatever of protocol id and length is there must already be possible.
            return (received.Length > 2 && received[2] != 0) || (received.Length > 3 && received[3] != 0)
                || (received.Length > 4 && received[4] != 0) ? FrameStatus.Invalid : FrameStatus.Incomplete;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(received[4..]);
        if (received[2] != 0 || received[3] != 0 || length is < 2 or > 1 + ModbusLimits.PduBytesMax)
        {
            return FrameStatus.Invalid;
        }

        if (received.Length < MbapHeader.Bytes)
        {
            return FrameStatus.Incomplete;
        }

        header = new MbapHeader(BinaryPrimitives.ReadUInt16BigEndian(received), received[6], length - 1);
        if (received.Length < header.FrameBytes)
        {
            return FrameStatus.Incomplete;
        }

        pdu = received.Slice(MbapHeader.Bytes, header.PduBytes);
        return FrameStatus.Complete;
    }
}
