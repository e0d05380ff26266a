using EdgeAgent.Protocols.Modbus.Framing;
using EdgeAgent.Protocols.Modbus.Pdu;

namespace EdgeAgent.Protocols.Modbus.Client.Sessions;

/// <summary>Modbus ASCII through a serial server. Frames have marks, so finding them is easy.</summary>
internal sealed class AsciiSession(ClientCounters counters) : UnnumberedSession(counters)
{
    private const int RequestFrameBytes = 1 + (2 * (1 + ReadPdu.RequestBytes + 1)) + 2;

    private readonly byte[] _adu = new byte[1 + ModbusLimits.PduBytesMax + 1];

    public override int FrameBytesMax => RequestFrameBytes;

    protected override int WriteFrame(Span<byte> frame, in ModbusReadRequest request)
    {
        Span<byte> pdu = stackalloc byte[ReadPdu.RequestBytes];
        return AsciiFrame.Write(frame, request.UnitId, pdu[..WritePdu(pdu, request)]);
    }

    protected override FrameStatus FindFrame(
        ReadOnlySpan<byte> received, out int skipped, out int consumed, out byte unitId, out ReadOnlySpan<byte> pdu)
    {
        var status = AsciiFrame.Read(received, _adu, out consumed, out var aduBytes);
        skipped = status is FrameStatus.Incomplete or FrameStatus.Invalid ? consumed : 0;
        unitId = 0;
        pdu = default;
        if (status == FrameStatus.BadChecksum && !AnswersCurrent(_adu[0], _adu[1], aduBytes > 2 ? _adu[2] : (byte)0))
        {
            skipped = consumed;
            return FrameStatus.Invalid;
        }

        if (status == FrameStatus.Complete)
        {
            if (aduBytes < 3)
            {
                return FrameStatus.Invalid;
            }

            unitId = _adu[0];
            pdu = _adu.AsSpan(1, aduBytes - 1);
        }

        return status;
    }
}
