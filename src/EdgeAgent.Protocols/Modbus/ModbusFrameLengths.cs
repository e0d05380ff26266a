using EdgeAgent.Protocols.Modbus.Framing;
using EdgeAgent.Protocols.Modbus.Pdu;

namespace EdgeAgent.Protocols.Modbus;

/// <summary>How many bytes a read and its answer are on the wire, for reckoning with the time of a line.</summary>
public static class ModbusFrameLengths
{
    /// <summary>Function code and byte count in front of the data.</summary>
    private const int AnswerHeaderBytes = 2;

    /// <summary>Of any read.</summary>
    public static int Request(ModbusFraming framing) => OfPdu(framing, ReadPdu.RequestBytes);

    /// <summary>Of the answer that carries the data; for an identification, which may be of any length, the longest.</summary>
    public static int Answer(ModbusFraming framing, in ModbusReadRequest request) => OfPdu(
        framing,
        request.Function == ModbusFunction.ReadDeviceIdentification ? ModbusLimits.PduBytesMax : AnswerHeaderBytes + request.DataBytes);

    private static int OfPdu(ModbusFraming framing, int pduBytes) => framing switch
    {
        ModbusFraming.Rtu => pduBytes + RtuFrame.OverheadBytes,
        ModbusFraming.Ascii => 1 + (2 * (1 + pduBytes + 1)) + 2,
        _ => MbapHeader.Bytes + pduBytes,
    };
}
