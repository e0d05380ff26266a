namespace EdgeAgent.Protocols.Modbus;

/// <summary>How a PDU is wrapped for the way.</summary>
public enum ModbusFraming : byte
{
    /// <summary>Modbus TCP: header with transaction id and length.</summary>
    Mbap,

    /// <summary>Binary with CRC-16, as on serial lines; also through transparent serial servers.</summary>
    Rtu,

    /// <summary>Hexadecimal text with LRC, as on serial lines; also through transparent serial servers.</summary>
    Ascii,
}
