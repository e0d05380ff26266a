namespace EdgeAgent.Protocols.Modbus.Registers;

/// <summary>How much room a type takes.</summary>
public static class ModbusValueTypes
{
    /// <summary>Registers that a value of this type fills; 0 for texts and bytes, whose length is a setting.</summary>
    public static int Registers(this ModbusValueType type) => type switch
    {
        ModbusValueType.String or ModbusValueType.Bytes => 0,
        ModbusValueType.Int32 or ModbusValueType.UInt32 or ModbusValueType.Float32 or ModbusValueType.Bcd32 => 2,
        ModbusValueType.Int64 or ModbusValueType.UInt64 or ModbusValueType.Float64 => 4,
        _ => 1,
    };

    /// <summary>The bytes that an order is about: those of the registers, 2 for texts and bytes.</summary>
    public static int OrderBytes(this ModbusValueType type) => Math.Max(1, type.Registers()) * 2;
}
