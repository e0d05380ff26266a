namespace EdgeAgent.Protocols.Modbus;

/// <summary>One read: what to ask of which unit.</summary>
/// <param name="UnitId">The unit behind the connection; 0 and 255 are usual for a device that has no units.</param>
/// <param name="Function">Function code 1 to 4.</param>
/// <param name="Address">Zero-based address as it travels on the wire (holding register 40001 has address 0).</param>
/// <param name="Count">Registers (1 to 125) or bits (1 to 2000).</param>
public readonly record struct ModbusReadRequest(byte UnitId, ModbusFunction Function, ushort Address, ushort Count)
{
    /// <summary>Reads single bits rather than registers.</summary>
    public bool ReadsBits => Function is ModbusFunction.ReadCoils or ModbusFunction.ReadDiscreteInputs;

    /// <summary>How many data bytes a right answer carries.</summary>
    public int DataBytes => ReadsBits ? (Count + 7) / 8 : Count * 2;

    /// <summary>Whether the specification allows this request.</summary>
    public bool IsValid => Function is >= ModbusFunction.ReadCoils and <= ModbusFunction.ReadInputRegisters
        && Count >= 1
        && Count <= (ReadsBits ? ModbusLimits.BitsPerRequestMax : ModbusLimits.RegistersPerRequestMax)
        && Address + Count <= 0x1_0000;
}
