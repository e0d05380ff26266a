using System.Net.Sockets;
using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Server;

namespace EdgeAgent.Protocols.Tests.Modbus.Server;

/// <summary>The simulated device, byte by byte.</summary>
public sealed class ModbusServerTests
{
    [Theory]
    [InlineData("00 01 00 00 00 06 07 03 00 00 00 02", "00 01 00 00 00 07 07 03 04 00 01 00 08")]
    [InlineData("00 02 00 00 00 06 07 03 00 00 00 7E", "00 02 00 00 00 03 07 83 03")]
    [InlineData("00 03 00 00 00 06 07 04 FF FF 00 02", "00 03 00 00 00 03 07 84 02")]
    [InlineData("00 04 00 00 00 06 07 06 00 01 00 02", "00 04 00 00 00 03 07 86 01")]
    [InlineData("00 05 00 00 00 05 07 2B 0E 04 01", "00 05 00 00 00 0F 07 2B 0E 04 83 00 00 01 01 05 53 49 4D 2D 31")]
    [InlineData("00 06 00 00 00 05 07 2B 0E 04 63", "00 06 00 00 00 03 07 AB 02")]
    [InlineData("00 07 00 00 00 05 07 2B 0E 05 00", "00 07 00 00 00 03 07 AB 03")]
    public async Task Answers(string request, string answer)
    {
        await using var device = new SimulatedDevice();
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", device.Server.Port);
        await client.Client.SendAsync(Bytes.Of(request));

        var expected = Bytes.Of(answer);
        var received = new byte[expected.Length];
        await client.GetStream().ReadExactlyAsync(received).AsTask().WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(received));
    }

    [Fact]
    public async Task A_unit_that_is_not_there_is_silent_or_refused_as_configured()
    {
        await using var server = new ModbusTcpServer(
            new ModbusServerOptions { UnknownUnit = ModbusExceptionCode.GatewayTargetFailedToRespond }, TimeProvider.System);
        server.Start();
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", server.Port);
        await client.Client.SendAsync(Bytes.Of("00 01 00 00 00 06 09 03 00 00 00 02"));
        var received = new byte[9];
        await client.GetStream().ReadExactlyAsync(received).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal("00010000000309830B", Convert.ToHexString(received));
    }

    [Fact]
    public async Task Bytes_that_are_no_modbus_end_the_connection()
    {
        await using var device = new SimulatedDevice();
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", device.Server.Port);
        await client.Client.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        var end = await client.GetStream().ReadAsync(new byte[10]).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(0, end);
    }
}
