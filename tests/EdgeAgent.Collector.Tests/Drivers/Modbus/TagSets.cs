using EdgeAgent.Collector.Drivers.Modbus;
using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Registers;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Collector.Tests.Drivers.Modbus;

/// <summary>Random tags as a plant might have them: clusters, gaps, overlaps, strings, bits, all four tables.</summary>
internal static class TagSets
{
    private static readonly ModbusFunction[] Registers = [ModbusFunction.ReadHoldingRegisters, ModbusFunction.ReadInputRegisters];
    private static readonly ModbusFunction[] Bits = [ModbusFunction.ReadCoils, ModbusFunction.ReadDiscreteInputs];

    public static Gen<ModbusTag[]> Any => Gen.Sized(size =>
        from tags in Gen.OneOf(RegisterTag(size), RegisterTag(size), BitTag(size)).ArrayOf()
        select tags.Select((tag, id) => tag with { Id = id }).ToArray());

    public static Gen<ModbusDeviceSettings> Limits =>
        from registers in Gen.Choose(4, 125)
        from bits in Gen.Choose(1, 2000)
        from gapRegisters in Gen.Choose(0, 40)
        from gapBits in Gen.Choose(0, 400)
        select new ModbusDeviceSettings { RegistersMax = registers, BitsMax = bits, GapRegistersMax = gapRegisters, GapBitsMax = gapBits };

    public static ModbusTag Register(int id, int address, ModbusValueType type = ModbusValueType.UInt16, int length = 0) => new(
        id, ModbusFunction.ReadHoldingRegisters, address, length > 0 ? (length + 1) / 2 : type.Registers(), type, ModbusOrder.BigEndian, -1, length, null);

    private static Gen<ModbusTag> RegisterTag(int size) =>
        from function in Gen.Elements(Registers)
        from address in Gen.Choose(0, Math.Min(65_000, 20 + (size * 8)))
        from type in Gen.Elements(ModbusValueType.UInt16, ModbusValueType.Int32, ModbusValueType.Float64, ModbusValueType.String)
        from length in Gen.Choose(1, 8)
        let bytes = type == ModbusValueType.String ? length : 0
        select Register(0, address, type, bytes) with { Function = function };

    private static Gen<ModbusTag> BitTag(int size) =>
        from function in Gen.Elements(Bits)
        from address in Gen.Choose(0, Math.Min(65_000, 20 + (size * 50)))
        select new ModbusTag(0, function, address, 1, ModbusValueType.Bit, ModbusOrder.BigEndian, -1, 0, null);
}
