namespace EdgeAgent.Protocols.Modbus;

/// <summary>How a request ended.</summary>
public enum ModbusStatus : byte
{
    Ok,

    /// <summary>The device answered that it will not; the exception code says why.</summary>
    Exception,

    /// <summary>No answer within the response timeout.</summary>
    Timeout,

    /// <summary>An answer that is not one to this request, or whose checksum is wrong.</summary>
    BadFrame,

    /// <summary>The connection is down or went down before the answer came.</summary>
    Disconnected,
}
