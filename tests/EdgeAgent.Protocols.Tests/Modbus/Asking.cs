using System.Buffers.Binary;
using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Client;

namespace EdgeAgent.Protocols.Tests.Modbus;

/// <summary>Reads and checks against what <see cref="SimulatedDevice"/> holds.</summary>
internal static class Asking
{
    public static ModbusReadRequest Registers(int address, int count, byte unit = SimulatedDevice.Unit) =>
        new(unit, ModbusFunction.ReadHoldingRegisters, (ushort)address, (ushort)count);

    public static ValueTask<ModbusResult> AskAsync(this ModbusClient client, ModbusReadRequest request, Memory<byte> destination) =>
        client.ReadAsync(request, destination, CancellationToken.None);

    public static async Task<ModbusResult> AskAsync(this ModbusClient client, ModbusReadRequest request) =>
        await client.ReadAsync(request, new byte[request.DataBytes], CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(60));

    public static async Task AssertRightAsync(this ModbusClient client, ModbusReadRequest request)
    {
        var data = new byte[request.DataBytes];
        var result = await client.ReadAsync(request, data, CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(ModbusStatus.Ok, result.Status);
        AssertRight(request, data);
    }

    public static void AssertRight(ModbusReadRequest request, ReadOnlySpan<byte> data)
    {
        for (var i = 0; i < request.Count; i++)
        {
            var address = request.Address + i;
            var (expected, actual) = request.Function switch
            {
                ModbusFunction.ReadCoils => (SimulatedDevice.Coil(address) ? 1 : 0, (data[i / 8] >> (i % 8)) & 1),
                ModbusFunction.ReadDiscreteInputs => (SimulatedDevice.Coil(address) ? 0 : 1, (data[i / 8] >> (i % 8)) & 1),
                ModbusFunction.ReadHoldingRegisters => (SimulatedDevice.Holding(address), BinaryPrimitives.ReadUInt16BigEndian(data[(2 * i)..])),
                _ => (SimulatedDevice.Input(address), BinaryPrimitives.ReadUInt16BigEndian(data[(2 * i)..])),
            };
            if (expected != actual)
            {
                Assert.Fail($"{request}: address {address} is {actual}, should be {expected}");
            }
        }
    }
}
