using System.Buffers.Binary;

namespace EdgeAgent.Protocols.Modbus.Server;

/// <summary>A unit whose tables are plain arrays, each as long as was asked for; reads beyond the end are illegal addresses.</summary>
public sealed class RegisterBank : IModbusDataSource
{
    public RegisterBank(int registers = 0x1_0000, int bits = 0x1_0000)
    {
        HoldingRegisters = new ushort[registers];
        InputRegisters = new ushort[registers];
        Coils = new bool[bits];
        DiscreteInputs = new bool[bits];
    }

    public ushort[] HoldingRegisters { get; }

    public ushort[] InputRegisters { get; }

    public bool[] Coils { get; }

    public bool[] DiscreteInputs { get; }

    public ModbusDeviceIdentity? Identity { get; set; }

    public ModbusExceptionCode ReadRegisters(ModbusFunction function, ushort address, Span<byte> destination)
    {
        var table = function == ModbusFunction.ReadHoldingRegisters ? HoldingRegisters : InputRegisters;
        var count = destination.Length / 2;
        if (address + count > table.Length)
        {
            return ModbusExceptionCode.IllegalDataAddress;
        }

        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(destination[(2 * i)..], table[address + i]);
        }

        return ModbusExceptionCode.None;
    }

    public ModbusExceptionCode ReadBits(ModbusFunction function, ushort address, ushort count, Span<byte> packed)
    {
        var table = function == ModbusFunction.ReadCoils ? Coils : DiscreteInputs;
        if (address + count > table.Length)
        {
            return ModbusExceptionCode.IllegalDataAddress;
        }

        for (var i = 0; i < count; i++)
        {
            if (table[address + i])
            {
                packed[i >> 3] |= (byte)(1 << (i & 7));
            }
        }

        return ModbusExceptionCode.None;
    }
}
