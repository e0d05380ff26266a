using EdgeAgent.Protocols.Modbus.Framing;

namespace EdgeAgent.Protocols.Modbus.Server;

/// <summary>The server's side of the three framings: requests in, answers out.</summary>
internal sealed class ServerFraming(ModbusFraming kind)
{
    private readonly byte[] _adu = new byte[1 + ModbusLimits.PduBytesMax + 1];
    private readonly byte[] _pdu = new byte[ModbusLimits.PduBytesMax];

    public const int FrameBytesMax = ModbusLimits.AsciiFrameBytesMax;

    /// <summary>Where an answer's PDU is to be written before <see cref="Wrap"/>.</summary>
    public Span<byte> Pdu => _pdu;

    /// <summary>Reads the request at the front of <paramref name="received"/>.</summary>
    /// <param name="consumed">Bytes done with, whatever the result.</param>
    public FrameStatus Read(ReadOnlySpan<byte> received, out int consumed, out ServerFrame frame, out ReadOnlySpan<byte> pdu)
    {
        FrameStatus status;
        byte unitId;
        frame = default;
        pdu = default;
        switch (kind)
        {
            case ModbusFraming.Mbap:
                status = MbapFrame.Read(received, out var header, out pdu);
                frame = new ServerFrame(header.TransactionId, header.UnitId);
                consumed = status == FrameStatus.Complete ? header.FrameBytes : 0;
                return status;
            case ModbusFraming.Rtu:
                status = RtuFrame.ReadRequest(received, out unitId, out pdu);
                frame = new ServerFrame(0, unitId);
                consumed = status switch
                {
                    FrameStatus.Complete => pdu.Length + RtuFrame.OverheadBytes,
                    FrameStatus.Incomplete => 0,
                    _ => 1, // not a frame: perhaps one begins at the next byte
                };
                return status;
            default:
                status = AsciiFrame.Read(received, _adu, out consumed, out var aduBytes);
                if (status == FrameStatus.Complete)
                {
                    frame = new ServerFrame(0, _adu[0]);
                    pdu = _adu.AsSpan(1, aduBytes - 1);
                }

                return status;
        }
    }

    /// <summary>Wraps the first <paramref name="pduBytes"/> of <see cref="Pdu"/>; returns the frame's length.</summary>
    public int Wrap(in ServerFrame frame, int pduBytes, Span<byte> destination)
    {
        var pdu = _pdu.AsSpan(0, pduBytes);
        switch (kind)
        {
            case ModbusFraming.Mbap:
                var header = new MbapHeader(frame.TransactionId, frame.UnitId, pduBytes);
                MbapFrame.WriteHeader(destination, header);
                pdu.CopyTo(destination[MbapHeader.Bytes..]);
                return header.FrameBytes;
            case ModbusFraming.Rtu:
                pdu.CopyTo(destination[1..]);
                return RtuFrame.Seal(destination, frame.UnitId, pduBytes);
            default:
                return AsciiFrame.Write(destination, frame.UnitId, pdu);
        }
    }
}
