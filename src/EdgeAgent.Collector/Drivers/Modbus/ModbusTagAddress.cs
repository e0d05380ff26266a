using EdgeAgent.Protocols.Modbus;

namespace EdgeAgent.Collector.Drivers.Modbus;

/// <summary>Where a tag lies in a device: the table, the address on the wire, and perhaps a bit.</summary>
/// <param name="Function">The function that reads the table.</param>
/// <param name="Address">Zero-based, as on the wire.</param>
/// <param name="Bit">Bit within the value, 0 the lowest, or -1.</param>
internal readonly record struct ModbusTagAddress(ModbusFunction Function, int Address, int Bit = -1)
{
    public const int AddressMax = 65535;

    public bool IsBitTable => Function is ModbusFunction.ReadCoils or ModbusFunction.ReadDiscreteInputs;

    public override string ToString() => Bit < 0 ? $"{Prefix(Function)}:{Address}" : $"{Prefix(Function)}:{Address}.{Bit}";

    public static string Prefix(ModbusFunction function) => function switch
    {
        ModbusFunction.ReadCoils => "co",
        ModbusFunction.ReadDiscreteInputs => "di",
        ModbusFunction.ReadHoldingRegisters => "hr",
        _ => "ir",
    };
}
