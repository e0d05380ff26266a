namespace EdgeAgent.Protocols.Frames;

/// <summary>How a free-form frame is protected.</summary>
public enum ChecksumKind : byte
{
    None,

    /// <summary>Sum of all bytes, its lowest 8 bits.</summary>
    Sum,

    /// <summary>Exclusive or of all bytes.</summary>
    Xor,

    /// <summary>CRC-16/MODBUS: polynomial 8005 reflected, from FFFF; usually sent low byte first.</summary>
    Crc16Modbus,

    /// <summary>CRC-16/CCITT-FALSE: polynomial 1021, from FFFF; usually sent high byte first.</summary>
    Crc16Ccitt,
}
