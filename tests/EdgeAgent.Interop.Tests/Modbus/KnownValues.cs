using System.Buffers.Binary;
using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Client;

namespace EdgeAgent.Interop.Tests.Modbus;

/// <summary>What every partner device holds (see the partners' sources), and reads that check it.</summary>
internal static class KnownValues
{
    public const int Size = 2000;

    public static int At(ModbusFunction function, int address) => function switch
    {
        ModbusFunction.ReadCoils => Coil(address),
        ModbusFunction.ReadDiscreteInputs => 1 - Coil(address),
        ModbusFunction.ReadHoldingRegisters => (ushort)((address * 7) + 1),
        _ => (ushort)(-(address + 1) * 3),
    };

    public static async Task AssertReadsAsync(this ModbusClient client, byte unit, ModbusFunction function, int address, int count)
    {
        var request = new ModbusReadRequest(unit, function, (ushort)address, (ushort)count);
        var data = new byte[request.DataBytes];
        var result = await client.ReadAsync(request, data, CancellationToken.None);
        Assert.Equal(new ModbusResult(ModbusStatus.Ok), result);
        for (var i = 0; i < count; i++)
        {
            var actual = request.ReadsBits ? (data[i / 8] >> (i % 8)) & 1 : BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(2 * i));
            Assert.True(At(function, address + i) == actual, $"{request}: address {address + i} is {actual}");
        }
    }

    /// <summary>Each function with small, odd and largest counts, at both ends of what the device holds.</summary>
    public static async Task AssertEverythingAsync(this ModbusClient client, byte unit)
    {
        foreach (var function in new[] { ModbusFunction.ReadCoils, ModbusFunction.ReadDiscreteInputs, ModbusFunction.ReadHoldingRegisters, ModbusFunction.ReadInputRegisters })
        {
            var most = function <= ModbusFunction.ReadDiscreteInputs ? ModbusLimits.BitsPerRequestMax : ModbusLimits.RegistersPerRequestMax;
            foreach (var count in new[] { 1, 3, 8, 9, 17, 100, most })
            {
                await client.AssertReadsAsync(unit, function, 0, count);
                await client.AssertReadsAsync(unit, function, Size - count, count);
            }

            var beyond = new ModbusReadRequest(unit, function, Size - 1, 2);
            Assert.Equal(
                new ModbusResult(ModbusStatus.Exception, (byte)ModbusExceptionCode.IllegalDataAddress),
                await client.ReadAsync(beyond, new byte[4], CancellationToken.None));
        }
    }

    public static async Task AssertPipelinesAsync(this ModbusClient client, byte unit, int callers, int each) =>
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            for (var i = 0; i < each; i++)
            {
                await client.AssertReadsAsync(unit, ModbusFunction.ReadHoldingRegisters, ((caller * 37) + i) % 1800, 1 + ((caller + i) % 125));
            }
        }));

    private static int Coil(int address) => address % 3 == 0 || address % 7 == 2 ? 1 : 0;
}
