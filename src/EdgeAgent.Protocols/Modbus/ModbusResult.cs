namespace EdgeAgent.Protocols.Modbus;

/// <summary>How a request ended, and the device's exception code when it refused.</summary>
public readonly record struct ModbusResult(ModbusStatus Status, byte ExceptionCode = 0)
{
    public bool IsOk => Status == ModbusStatus.Ok;

    public ModbusExceptionCode Exception => (ModbusExceptionCode)ExceptionCode;

    /// <summary>Exceptions 5 and 6 ask for patience; they say nothing against the address.</summary>
    public bool IsWait => Status == ModbusStatus.Exception && Exception is ModbusExceptionCode.Acknowledge or ModbusExceptionCode.ServerDeviceBusy;
}
