namespace EdgeAgent.Protocols.Modbus;

/// <summary>Why a Modbus server refused a request.</summary>
public enum ModbusExceptionCode : byte
{
    None = 0,
    IllegalFunction = 1,
    IllegalDataAddress = 2,
    IllegalDataValue = 3,
    ServerDeviceFailure = 4,

    /// <summary>The request was accepted and takes long: a wait, not a failure.</summary>
    Acknowledge = 5,

    /// <summary>The device is occupied, ask again later: a wait, not a failure.</summary>
    ServerDeviceBusy = 6,
    MemoryParityError = 8,
    GatewayPathUnavailable = 10,

    /// <summary>The gateway answers, the device behind it does not.</summary>
    GatewayTargetFailedToRespond = 11,
}
