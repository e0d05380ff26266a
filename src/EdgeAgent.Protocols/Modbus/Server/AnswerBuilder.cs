using EdgeAgent.Protocols.Modbus.Framing;
using EdgeAgent.Protocols.Modbus.Pdu;

namespace EdgeAgent.Protocols.Modbus.Server;

/// <summary>Makes the answer to one request, and the spoilt one when a fault is switched on. One a connection.</summary>
internal sealed class AnswerBuilder(ModbusServerOptions options, ModbusUnits units, ModbusFaultSwitches faults)
{
    private readonly ServerFraming _framing = new(options.Framing);

    /// <summary>Takes one request off the front of <paramref name="received"/> and writes its answer.</summary>
    /// <param name="answerBytes">0 when there is nothing to send.</param>
    /// <param name="faulty">Set when the answer is to be sent in its own, faulty way.</param>
    public FrameStatus Next(ReadOnlySpan<byte> received, Span<byte> answer, out int consumed, out int answerBytes, out FaultyAnswer? faulty)
    {
        faulty = null;
        answerBytes = 0;
        var status = _framing.Read(received, out consumed, out var frame, out var pdu);
        if (status != FrameStatus.Complete)
        {
            return status;
        }

        var pduBytes = units.Answer(frame.UnitId, pdu, _framing.Pdu, options.UnknownUnit);
        if (pduBytes == 0)
        {
            return status;
        }

        if (ReadPdu.TryReadRequest(frame.UnitId, pdu, out var read) && faults.Next(read) is { Kind: not ModbusFaultKind.None } fault)
        {
            var length = Spoil(fault, frame, pduBytes, answer);
            faulty = new FaultyAnswer(fault, received[..consumed].ToArray(), answer[..length].ToArray());
            return status;
        }

        answerBytes = _framing.Wrap(frame, pduBytes, answer);
        return status;
    }

    /// <summary>Applies those faults that change the answer itself.</summary>
    private int Spoil(in ModbusFault fault, ServerFrame frame, int pduBytes, Span<byte> answer)
    {
        var pdu = _framing.Pdu;
        switch (fault.Kind)
        {
            case ModbusFaultKind.Exception:
                pduBytes = ExceptionPdu.Write(pdu, pdu[0], fault.Code);
                break;
            case ModbusFaultKind.WrongUnit:
                frame = frame with { UnitId = (byte)(frame.UnitId + 1) };
                break;
            case ModbusFaultKind.WrongTransaction:
                frame = frame with { TransactionId = (ushort)(frame.TransactionId + 0x4000) };
                break;
            case ModbusFaultKind.WrongFunction:
                pdu[0] = (byte)(pdu[0] == 4 ? 3 : pdu[0] + 1);
                break;
            case ModbusFaultKind.ShortData when pduBytes > 4:
                pduBytes -= 2;
                pdu[1] -= 2;
                break;
        }

        var length = _framing.Wrap(frame, pduBytes, answer);
        if (fault.Kind == ModbusFaultKind.BadChecksum && options.Framing == ModbusFraming.Rtu)
        {
            answer[length - 1] ^= 0xFF;
        }
        else if (fault.Kind == ModbusFaultKind.BadChecksum && options.Framing == ModbusFraming.Ascii)
        {
            answer[length - 3] = answer[length - 3] == (byte)'0' ? (byte)'1' : (byte)'0';
        }

        return length;
    }
}
