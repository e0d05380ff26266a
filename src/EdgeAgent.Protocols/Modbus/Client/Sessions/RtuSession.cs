using EdgeAgent.Protocols.Modbus.Framing;
using EdgeAgent.Protocols.Modbus.Pdu;

namespace EdgeAgent.Protocols.Modbus.Client.Sessions;

/// <summary>RTU through a serial server. Looks for the answer's own signature, so that garbage, echoes, broadcasts and
/// other masters' traffic in front of it cost nothing.</summary>
internal sealed class RtuSession(ClientCounters counters) : UnnumberedSession(counters)
{
    private const int SignatureBytes = 3;

    private readonly byte[] _sent = new byte[ReadPdu.RequestBytes + RtuFrame.OverheadBytes];
    private int _sentBytes;

    public override int FrameBytesMax => _sent.Length;

    protected override int WriteFrame(Span<byte> frame, in ModbusReadRequest request)
    {
        _sentBytes = RtuFrame.Seal(frame, request.UnitId, WritePdu(frame[1..], request));
        frame[.._sentBytes].CopyTo(_sent);
        return _sentBytes;
    }

    protected override FrameStatus FindFrame(
        ReadOnlySpan<byte> received, out int skipped, out int consumed, out byte unitId, out ReadOnlySpan<byte> pdu)
    {
        var sent = _sent.AsSpan(0, _sentBytes);
        var keepFrom = received.Length;
        var badEnd = 0;
        for (var offset = 0; offset < received.Length; offset++)
        {
            var rest = received[offset..];
            if (rest.StartsWith(sent))
            {
                // A two-wire adapter echoes what it sends.
                return Found(offset, sent.Length, FrameStatus.Invalid, out skipped, out consumed, out unitId, out pdu);
            }

            var frameBytes = MeasureCandidate(rest);
            if (frameBytes == 0)
            {
                continue;
            }

            if (frameBytes < 0 || rest.Length < frameBytes)
            {
                // The last bytes of a damaged frame are no reason to wait for more.
                if (rest.Length >= SignatureBytes || offset >= badEnd)
                {
                    keepFrom = Math.Min(keepFrom, offset);
                }

                continue;
            }

            switch (RtuFrame.ReadResponse(rest, out unitId, out pdu))
            {
                case FrameStatus.Complete:
                    skipped = offset;
                    consumed = offset + frameBytes;
                    return FrameStatus.Complete;
                case FrameStatus.BadChecksum when AnswersCurrent(rest[0], rest[1], rest[2]):
                    badEnd = Math.Max(badEnd, offset + frameBytes);
                    break;
            }
        }

        return Found(keepFrom, 0, badEnd > 0 && keepFrom == received.Length ? FrameStatus.BadChecksum : FrameStatus.Incomplete,
            out skipped, out consumed, out unitId, out pdu);
    }

    private static FrameStatus Found(
        int offset, int bytes, FrameStatus status, out int skipped, out int consumed, out byte unitId, out ReadOnlySpan<byte> pdu)
    {
        (skipped, consumed, unitId) = (offset, offset + bytes, 0);
        pdu = default;
        return status;
    }

    /// <summary>The length of the answer that may begin here: 0 when it is none that we wait for, -1 when more bytes are needed to tell.</summary>
    private int MeasureCandidate(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < SignatureBytes)
        {
            return MayBeginAnswer(bytes[0]) ? -1 : 0;
        }

        return AnswersCurrent(bytes[0], bytes[1], bytes[2]) || AnswersLate(bytes[0], bytes[1], bytes[2])
            ? RtuFrame.MeasureResponse(bytes)
            : 0;
    }
}
