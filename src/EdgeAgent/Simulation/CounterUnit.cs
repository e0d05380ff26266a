using System.Runtime.InteropServices;
using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Server;

namespace EdgeAgent.Simulation;

/// <summary>Registers that all count 100 times a second, so that a reader can tell a fresh value from a repeated one.</summary>
internal sealed class CounterUnit(int registers, TimeProvider time) : IModbusDataSource
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly long _start = time.GetTimestamp();

    public ModbusDeviceIdentity? Identity { get; } = SimulatedIdentity.Of(SimulationFile.Counters);

    public ModbusExceptionCode ReadRegisters(ModbusFunction function, ushort address, Span<byte> destination)
    {
        if (address + (destination.Length / 2) > registers)
        {
            return ModbusExceptionCode.IllegalDataAddress;
        }

        ushort count = (ushort)(time.GetElapsedTime(_start).Ticks / Step.Ticks);
        ushort onTheWire = BitConverter.IsLittleEndian ? System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(count) : count;
        MemoryMarshal.Cast<byte, ushort>(destination).Fill(onTheWire);
        return ModbusExceptionCode.None;
    }

    public ModbusExceptionCode ReadBits(ModbusFunction function, ushort address, ushort count, Span<byte> packed) =>
        ModbusExceptionCode.IllegalFunction;
}
