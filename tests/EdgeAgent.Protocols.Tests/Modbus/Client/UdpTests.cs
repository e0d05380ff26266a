using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Client;
using EdgeAgent.Protocols.Modbus.Server;
using EdgeAgent.TestKit;

namespace EdgeAgent.Protocols.Tests.Modbus.Client;

public sealed class UdpTests
{
    [Theory]
    [InlineData(ModbusFraming.Mbap)]
    [InlineData(ModbusFraming.Rtu)]
    public async Task Reads_over_datagrams(ModbusFraming framing)
    {
        await using var device = new SimulatedDevice();
        await using var server = Start(device, framing, TimeProvider.System);
        await using var client = await ConnectAsync(server.Port, framing, TimeProvider.System);
        for (var i = 0; i < 100; i++)
        {
            await client.AssertRightAsync(Asking.Registers(i, 125));
        }
    }

    [Fact]
    public async Task A_lost_and_repeated_datagrams_answer_nothing_else()
    {
        var time = new FakeTimeProvider();
        await using var device = new SimulatedDevice();
        await using var server = Start(device, ModbusFraming.Mbap, TimeProvider.System);
        await using var client = await ConnectAsync(server.Port, ModbusFraming.Mbap, time);

        server.Faults.Set(SimulatedDevice.Unit, new ModbusFault(ModbusFaultKind.Silent));
        var lost = client.AskAsync(Asking.Registers(0, 10));
        time.Advance(TimeSpan.FromMilliseconds(1100));
        Assert.Equal(ModbusStatus.Timeout, (await lost).Status);

        server.Faults.Set(SimulatedDevice.Unit, new ModbusFault(ModbusFaultKind.Duplicate));
        for (var i = 0; i < 100; i++)
        {
            await client.AssertRightAsync(Asking.Registers(i, 10));
        }

        Assert.True(client.IsConnected);
    }

    private static ModbusUdpServer Start(SimulatedDevice device, ModbusFraming framing, TimeProvider time)
    {
        var server = new ModbusUdpServer(new ModbusServerOptions { Framing = framing }, time);
        server.Units[SimulatedDevice.Unit] = device.Bank;
        server.Start();
        return server;
    }

    private static async Task<ModbusClient> ConnectAsync(int port, ModbusFraming framing, TimeProvider time)
    {
        var options = new ModbusClientOptions
        {
            Transport = ModbusTransport.Udp("127.0.0.1", port, framing),
            ResponseTimeoutMs = time == TimeProvider.System ? 30_000 : 1000,
        };
        var client = new ModbusClient(options, time);
        await client.ConnectAsync(CancellationToken.None);
        return client;
    }
}
