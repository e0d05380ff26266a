namespace EdgeAgent.Protocols.Modbus.Server;

/// <summary>The ways in which a simulated device can misbehave.</summary>
public enum ModbusFaultKind : byte
{
    None,

    /// <summary>No answer.</summary>
    Silent,

    /// <summary>This answer comes after the delay; answers to later requests overtake it.</summary>
    Late,

    /// <summary>The whole connection waits for the delay before it answers, as a device that answers in order does.</summary>
    Stall,

    /// <summary>Refused with the exception code.</summary>
    Exception,

    /// <summary>The answer names the next unit.</summary>
    WrongUnit,

    /// <summary>The answer has another transaction id (MBAP only).</summary>
    WrongTransaction,

    /// <summary>The answer has another function code.</summary>
    WrongFunction,

    /// <summary>The answer carries one register or eight bits less than asked for.</summary>
    ShortData,

    /// <summary>The answer's checksum is wrong (RTU and ASCII only).</summary>
    BadChecksum,

    /// <summary>Bytes that belong to no frame come before the answer.</summary>
    Garbage,

    /// <summary>The request comes back before the answer, as from a two-wire adapter.</summary>
    Echo,

    /// <summary>The answer comes twice.</summary>
    Duplicate,

    /// <summary>The answer comes byte by byte, with the delay between two.</summary>
    SlowBytes,

    /// <summary>The connection is closed instead.</summary>
    Cut,

    /// <summary>The connection is closed in the middle of the answer.</summary>
    CutInside,
}
