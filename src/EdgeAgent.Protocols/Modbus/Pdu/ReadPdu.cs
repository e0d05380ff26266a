using System.Buffers.Binary;

namespace EdgeAgent.Protocols.Modbus.Pdu;

/// <summary>The PDUs of function codes 1 to 4.</summary>
public static class ReadPdu
{
    public const int RequestBytes = 5;

    public static void WriteRequest(Span<byte> destination, in ModbusReadRequest request)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination[3..], request.Count);
        BinaryPrimitives.WriteUInt16BigEndian(destination[1..], request.Address);
        destination[0] = (byte)request.Function;
    }

    /// <summary>Reads a request as a server does. False when the PDU is no read request at all; whether the
    /// request is allowed is for <see cref="ModbusReadRequest.IsValid"/>.</summary>
    public static bool TryReadRequest(byte unitId, ReadOnlySpan<byte> pdu, out ModbusReadRequest request)
    {
        if (pdu.Length != RequestBytes || pdu[0] is < (byte)ModbusFunction.ReadCoils or > (byte)ModbusFunction.ReadInputRegisters)
        {
            request = default;
            return false;
        }

        request = new ModbusReadRequest(
            unitId,
            (ModbusFunction)pdu[0],
            BinaryPrimitives.ReadUInt16BigEndian(pdu[1..]),
            BinaryPrimitives.ReadUInt16BigEndian(pdu[3..]));
        return true;
    }

    /// <summary>Holds an answer against its request: function code and byte count must both match.</summary>
    /// <param name="data">The data bytes inside <paramref name="pdu"/> when the status is Ok.</param>
    public static ModbusResult ReadResponse(in ModbusReadRequest request, ReadOnlySpan<byte> pdu, out ReadOnlySpan<byte> data)
    {
        data = default;
        if (ExceptionPdu.TryRead(request.Function, pdu, out var code))
        {
            return new ModbusResult(ModbusStatus.Exception, code);
        }

        var expected = request.DataBytes;
        if (pdu.Length != 2 + expected || pdu[0] != (byte)request.Function || pdu[1] != expected)
        {
            return new ModbusResult(ModbusStatus.BadFrame);
        }

        data = pdu[2..];
        return new ModbusResult(ModbusStatus.Ok);
    }
}
