namespace EdgeAgent.Protocols.Modbus;

/// <summary>The function codes that a collector needs: everything that reads, nothing that writes.</summary>
public enum ModbusFunction : byte
{
    ReadCoils = 1,
    ReadDiscreteInputs = 2,
    ReadHoldingRegisters = 3,
    ReadInputRegisters = 4,

    /// <summary>Encapsulated interface 43 with type 14: vendor, product and revision as text.</summary>
    ReadDeviceIdentification = 43,
}
