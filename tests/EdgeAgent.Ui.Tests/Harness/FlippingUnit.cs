using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Server;

namespace EdgeAgent.Ui.Tests.Harness;

/// <summary>A machine of which one register answers every other time only: its tile changes with each scan.</summary>
internal sealed class FlippingUnit : IModbusDataSource
{
    public const ushort FlippingAddress = 1000;

    private int _asked;

    public ModbusDeviceIdentity? Identity => null;

    public ModbusExceptionCode ReadRegisters(ModbusFunction function, ushort address, Span<byte> destination)
    {
        destination.Fill(1);
        return address >= FlippingAddress && Interlocked.Increment(ref _asked) % 2 == 0 ? ModbusExceptionCode.ServerDeviceFailure : ModbusExceptionCode.None;
    }

    public ModbusExceptionCode ReadBits(ModbusFunction function, ushort address, ushort count, Span<byte> packed) => ModbusExceptionCode.IllegalFunction;
}
