namespace EdgeAgent.Protocols.Modbus;

/// <summary>Sizes that the Modbus specification fixes.</summary>
public static class ModbusLimits
{
    public const int RegistersPerRequestMax = 125;
    public const int BitsPerRequestMax = 2000;

    /// <summary>A PDU is at most 253 bytes: the 256 bytes of an RTU frame less unit id and CRC.</summary>
    public const int PduBytesMax = 253;

    /// <summary>MBAP header (7 bytes, unit id included) and PDU.</summary>
    public const int MbapFrameBytesMax = 7 + PduBytesMax;

    public const int RtuFrameBytesMax = 1 + PduBytesMax + 2;

    /// <summary>Colon, two characters for each of unit id, PDU and LRC, carriage return, line feed.</summary>
    public const int AsciiFrameBytesMax = 1 + (2 * (1 + PduBytesMax + 1)) + 2;

    /// <summary>The bit that marks a function code as an exception.</summary>
    public const byte ExceptionBit = 0x80;
}
