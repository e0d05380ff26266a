using EdgeAgent.Protocols.Modbus;

namespace EdgeAgent.Protocols.Tests.Modbus.Client;

public sealed class ReadingTests
{
    public static TheoryData<ModbusFraming> Framings => [ModbusFraming.Mbap, ModbusFraming.Rtu, ModbusFraming.Ascii];

    [Theory]
    [MemberData(nameof(Framings))]
    public async Task Every_function_and_size_reads_what_the_device_holds(ModbusFraming framing)
    {
        await using var device = new SimulatedDevice(framing);
        var client = await device.ConnectAsync();
        foreach (var function in new[] { ModbusFunction.ReadCoils, ModbusFunction.ReadDiscreteInputs, ModbusFunction.ReadHoldingRegisters, ModbusFunction.ReadInputRegisters })
        {
            var most = function <= ModbusFunction.ReadDiscreteInputs ? ModbusLimits.BitsPerRequestMax : ModbusLimits.RegistersPerRequestMax;
            foreach (var count in new[] { 1, 2, 7, 8, 9, 16, 17, 124, most })
            {
                foreach (var address in new[] { 0, 1, 0x0102, 0x1_0000 - count })
                {
                    await client.AssertRightAsync(new ModbusReadRequest(SimulatedDevice.Unit, function, (ushort)address, (ushort)count));
                }
            }
        }

        Assert.Equal(client.Statistics.Requests, client.Statistics.Replies);
    }

    [Theory]
    [MemberData(nameof(Framings))]
    public async Task A_refusal_carries_its_code(ModbusFraming framing)
    {
        await using var device = new SimulatedDevice(framing);
        device.Server.Units[SimulatedDevice.Unit] = new EdgeAgent.Protocols.Modbus.Server.RegisterBank(registers: 100);
        var client = await device.ConnectAsync();

        var result = await client.AskAsync(Asking.Registers(99, 2));

        Assert.Equal(new ModbusResult(ModbusStatus.Exception, 2), result);
        Assert.Equal(ModbusStatus.Ok, (await client.AskAsync(Asking.Registers(98, 2))).Status);
    }

    [Theory]
    [MemberData(nameof(Framings))]
    public async Task The_identity_is_read_in_as_many_parts_as_it_takes(ModbusFraming framing)
    {
        await using var device = new SimulatedDevice(framing);
        var objects = new SortedDictionary<byte, string>();
        for (byte id = 0; id < 7; id++)
        {
            objects[id] = new string((char)('a' + id), 100 + id);
        }

        device.Bank.Identity = new ModbusDeviceIdentity(objects);
        var client = await device.ConnectAsync();

        var identity = await client.ReadIdentityAsync(SimulatedDevice.Unit, CancellationToken.None);

        Assert.Equal(objects, identity!.Objects);
        Assert.Equal(objects[0], identity.VendorName);
    }

    [Fact]
    public async Task A_device_without_identity_gives_none()
    {
        await using var device = new SimulatedDevice();
        device.Bank.Identity = null;
        var client = await device.ConnectAsync();

        Assert.Null(await client.ReadIdentityAsync(SimulatedDevice.Unit, CancellationToken.None));
    }
}
