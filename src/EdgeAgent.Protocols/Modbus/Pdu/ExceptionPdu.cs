namespace EdgeAgent.Protocols.Modbus.Pdu;

/// <summary>The two bytes with which a server refuses a request.</summary>
public static class ExceptionPdu
{
    public const int Bytes = 2;

    public static int Write(Span<byte> destination, byte function, ModbusExceptionCode code)
    {
        destination[0] = (byte)(function | ModbusLimits.ExceptionBit);
        destination[1] = (byte)code;
        return Bytes;
    }

    public static bool TryRead(ModbusFunction function, ReadOnlySpan<byte> pdu, out byte code)
    {
        if (pdu.Length == Bytes && pdu[0] == ((byte)function | ModbusLimits.ExceptionBit))
        {
            code = pdu[1];
            return true;
        }

        code = 0;
        return false;
    }
}
