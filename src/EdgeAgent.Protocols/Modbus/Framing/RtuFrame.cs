using System.Buffers.Binary;
using EdgeAgent.Protocols.Modbus.Pdu;

namespace EdgeAgent.Protocols.Modbus.Framing;

/// <summary>RTU framing: unit id, PDU, CRC. Framed by length, because silence does not survive USB adapters and networks.</summary>
public static class RtuFrame
{
    public const int OverheadBytes = 3;

    /// <summary>Completes a frame whose PDU already stands at offset 1; returns its length.</summary>
    public static int Seal(Span<byte> frame, byte unitId, int pduBytes)
    {
        frame[0] = unitId;
        BinaryPrimitives.WriteUInt16LittleEndian(frame[(1 + pduBytes)..], RtuCrc.Compute(frame[..(1 + pduBytes)]));
        return pduBytes + OverheadBytes;
    }

    /// <summary>The length of the response that starts here, judged by function code and byte count: -1 while too few bytes are there
    /// to tell, 0 when it is no response that we know.</summary>
    public static int MeasureResponse(ReadOnlySpan<byte> received)
    {
        if (received.Length < 2)
        {
            return -1;
        }

        switch (received[1])
        {
            case >= (byte)ModbusFunction.ReadCoils and <= (byte)ModbusFunction.ReadInputRegisters:
                return received.Length < 3 ? -1 : received[2] > ModbusLimits.PduBytesMax - 2 ? 0 : 2 + received[2] + OverheadBytes;
            case (byte)ModbusFunction.ReadDeviceIdentification:
                var pduBytes = DeviceIdentificationPdu.MeasureResponse(received[1..]);
                return pduBytes <= 0 ? pduBytes : pduBytes + OverheadBytes;
            case > ModbusLimits.ExceptionBit:
                return ExceptionPdu.Bytes + OverheadBytes;
            default:
                return 0;
        }
    }

    /// <summary>The length of the request that starts here, as a server needs it; same results as for responses.</summary>
    public static int MeasureRequest(ReadOnlySpan<byte> received)
    {
        if (received.Length < 2)
        {
            return -1;
        }

        switch (received[1])
        {
            case >= 1 and <= 6:
                return 5 + OverheadBytes;
            case 15 or 16:
                return received.Length < 7 ? -1 : 6 + received[6] + OverheadBytes;
            case (byte)ModbusFunction.ReadDeviceIdentification:
                return DeviceIdentificationPdu.RequestBytes + OverheadBytes;
            default:
                return 0;
        }
    }

    /// <summary>Reads the response at the beginning of <paramref name="received"/>.</summary>
    /// <param name="pdu">The PDU when complete; the frame is 3 bytes longer.</param>
    public static FrameStatus ReadResponse(ReadOnlySpan<byte> received, out byte unitId, out ReadOnlySpan<byte> pdu) =>
        Read(received, MeasureResponse(received), out unitId, out pdu);

    /// <summary>Reads the request at the beginning of <paramref name="received"/>.</summary>
    public static FrameStatus ReadRequest(ReadOnlySpan<byte> received, out byte unitId, out ReadOnlySpan<byte> pdu) =>
        Read(received, MeasureRequest(received), out unitId, out pdu);

    private static FrameStatus Read(ReadOnlySpan<byte> received, int frameBytes, out byte unitId, out ReadOnlySpan<byte> pdu)
    {
        unitId = 0;
        pdu = default;
        if (frameBytes == 0 || frameBytes > ModbusLimits.RtuFrameBytesMax)
        {
            return FrameStatus.Invalid;
        }

        if (frameBytes < 0 || received.Length < frameBytes)
        {
            return FrameStatus.Incomplete;
        }

        if (!HasValidCrc(received[..frameBytes]))
        {
            return FrameStatus.BadChecksum;
        }

        unitId = received[0];
        pdu = received[1..(frameBytes - 2)];
        return FrameStatus.Complete;
    }

    private static bool HasValidCrc(ReadOnlySpan<byte> frame) =>
        BinaryPrimitives.ReadUInt16LittleEndian(frame[^2..]) == RtuCrc.Compute(frame[..^2]);
}
