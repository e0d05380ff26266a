using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Server;

namespace EdgeAgent.Simulation;

/// <summary>A simulated machine as a Modbus unit; every read sees the machine at that moment.</summary>
internal sealed class MachineUnit(SimulatedMachine machine, TimeProvider time) : IModbusDataSource
{
    private readonly Lock _gate = new();

    public ModbusDeviceIdentity? Identity { get; } = SimulatedIdentity.Of(machine.Profile.Kind);

    public ModbusExceptionCode ReadRegisters(ModbusFunction function, ushort address, Span<byte> destination)
    {
        if (address + (destination.Length / 2) > MachineRegisters.Count)
        {
            return ModbusExceptionCode.IllegalDataAddress;
        }

        Span<byte> all = stackalloc byte[MachineRegisters.Count * 2];
        MachineRegisters.Write(Now(), all);
        all.Slice(address * 2, destination.Length).CopyTo(destination);
        return ModbusExceptionCode.None;
    }

    public ModbusExceptionCode ReadBits(ModbusFunction function, ushort address, ushort count, Span<byte> packed)
    {
        if (address + count > MachineRegisters.BitCount)
        {
            return ModbusExceptionCode.IllegalDataAddress;
        }

        packed[0] = (byte)((MachineRegisters.Bits(Now()) >> address) & ((1 << count) - 1));
        return ModbusExceptionCode.None;
    }

    private MachineReadout Now()
    {
        lock (_gate)
        {
            return machine.ReadAt(UnixTicks.Now(time));
        }
    }
}
