using EdgeAgent.Protocols.Modbus;

namespace EdgeAgent.Collector.Drivers.Modbus.Planning;

/// <summary>One request and the tags that it serves.</summary>
/// <param name="FirstTag">Index of its first tag in the planned list.</param>
/// <param name="TagCount">Its tags lie side by side in that list.</param>
internal readonly record struct ReadBlock(ModbusFunction Function, int Address, int Count, int FirstTag, int TagCount)
{
    public int End => Address + Count;

    public bool IsBitTable => Function is ModbusFunction.ReadCoils or ModbusFunction.ReadDiscreteInputs;

    public int DataBytes => IsBitTable ? (Count + 7) / 8 : Count * 2;

    public ModbusReadRequest ToRequest(byte unitId) => new(unitId, Function, (ushort)Address, (ushort)Count);
}
