using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Client;
using EdgeAgent.Protocols.Modbus.Server;
using EdgeAgent.TestKit;

namespace EdgeAgent.Protocols.Tests.Modbus.Client;

/// <summary>Serial servers and DTUs that connect to us.</summary>
public sealed class DialInTests
{
    private static readonly byte[] NoRegistration = [];

    [Theory]
    [InlineData(ModbusFraming.Rtu)]
    [InlineData(ModbusFraming.Ascii)]
    [InlineData(ModbusFraming.Mbap)]
    public async Task A_device_dials_in_and_is_read_through_its_heartbeats(ModbusFraming framing)
    {
        var port = FreePort.Tcp();
        await using var client = NewClient(port, framing, NoRegistration);
        var connecting = client.ConnectAsync(CancellationToken.None);
        await using var device = await Dtu.DialAsync(port, framing, unit: 7);
        await connecting;
        await device.SendAsync("HEARTBEAT"u8.ToArray());
        for (var i = 0; i < 100; i++)
        {
            await client.AssertRightAsync(Asking.Registers(i, 20));
            await device.SendAsync(i % 2 == 0 ? [0xFE] : "\0\0"u8.ToArray());
        }
    }

    [Fact]
    public async Task Devices_on_one_port_are_told_apart_by_their_registration()
    {
        var port = FreePort.Tcp();
        await using var first = NewClient(port, ModbusFraming.Rtu, "DTU-0001"u8.ToArray());
        await using var second = NewClient(port, ModbusFraming.Rtu, "DTU-0002"u8.ToArray());
        var connectingFirst = first.ConnectAsync(CancellationToken.None);
        var connectingSecond = second.ConnectAsync(CancellationToken.None);
        await using var deviceOfSecond = await Dtu.DialAsync(port, ModbusFraming.Rtu, unit: 2, "DTU-0002");
        await using var stranger = await Dtu.DialAsync(port, ModbusFraming.Rtu, unit: 3, "GET / HTTP/1.1");
        await using var deviceOfFirst = await Dtu.DialAsync(port, ModbusFraming.Rtu, unit: 1, "DTU-", "0001");
        await connectingFirst;
        await connectingSecond;

        await first.AssertRightAsync(Asking.Registers(10, 20, unit: 1));
        await second.AssertRightAsync(Asking.Registers(10, 20, unit: 2));
        await stranger.WaitClosedAsync();
    }

    [Fact]
    public async Task A_device_that_dials_in_again_replaces_its_dead_connection()
    {
        var port = FreePort.Tcp();
        await using var client = NewClient(port, ModbusFraming.Rtu, "DTU"u8.ToArray());
        var connecting = client.ConnectAsync(CancellationToken.None);
        await using var before = await Dtu.DialAsync(port, ModbusFraming.Rtu, unit: 7, "DTU");
        await connecting;
        await client.AssertRightAsync(Asking.Registers(10, 20));

        await using var after = await Dtu.DialAsync(port, ModbusFraming.Rtu, unit: 7, "DTU");
        await before.WaitClosedAsync();
        await Eventually.TrueAsync(() => !client.IsConnected, "the client drops the old connection");
        await client.ConnectAsync(CancellationToken.None);

        await client.AssertRightAsync(Asking.Registers(10, 20));
    }

    [Fact]
    public async Task Nobody_dials_in()
    {
        var time = new FakeTimeProvider();
        var port = FreePort.Tcp();
        await using var client = new ModbusClient(
            new ModbusClientOptions { Transport = ModbusTransport.Listen(IPAddress.Loopback, port), ConnectTimeoutMs = 500 }, time);
        var connecting = client.ConnectAsync(CancellationToken.None).AsTask();
        await time.WaitForTimersAsync(1);
        time.Advance(TimeSpan.FromMilliseconds(600));

        var failure = await Assert.ThrowsAsync<ModbusConnectException>(() => connecting);

        Assert.Contains($"listen 127.0.0.1:{port}", failure.Message);
        Assert.Contains("no device has dialled in", failure.Message);
    }

    [Fact]
    public async Task Two_clients_that_could_not_be_told_apart_are_refused()
    {
        var port = FreePort.Tcp();
        await using var first = NewClient(port, ModbusFraming.Rtu, "DTU"u8.ToArray());
        await using var second = NewClient(port, ModbusFraming.Rtu, "DTU-1"u8.ToArray());
        using var giveUp = new CancellationTokenSource();
        var connecting = first.ConnectAsync(giveUp.Token).AsTask();

        await Assert.ThrowsAsync<ModbusConnectException>(async () => await second.ConnectAsync(CancellationToken.None));

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    [Fact]
    public async Task The_port_is_free_again_when_the_last_client_is_gone()
    {
        var port = FreePort.Tcp();
        for (var i = 0; i < 3; i++)
        {
            await using var client = NewClient(port, ModbusFraming.Rtu, NoRegistration);
            var connecting = client.ConnectAsync(CancellationToken.None);
            await using var device = await Dtu.DialAsync(port, ModbusFraming.Rtu, unit: 7);
            await connecting;
            await client.AssertRightAsync(Asking.Registers(10, 20));
        }
    }

    private static ModbusClient NewClient(int port, ModbusFraming framing, byte[] registration) => new(
        new ModbusClientOptions
        {
            Transport = ModbusTransport.Listen(IPAddress.Loopback, port, framing, registration),
            ResponseTimeoutMs = 30_000,
            ConnectTimeoutMs = 30_000,
        },
        TimeProvider.System);

    /// <summary>A transparent modem: dials in, registers, then passes bytes between the line and a simulated device.</summary>
    private sealed class Dtu : IAsyncDisposable
    {
        private readonly SimulatedDevice _device;
        private readonly Socket _out;
        private readonly Socket _in;
        private readonly Task _passing;

        private Dtu(SimulatedDevice device, Socket @out, Socket @in)
        {
            _device = device;
            (_out, _in) = (@out, @in);
            _passing = Task.WhenAny(PassAsync(_out, _in), PassAsync(_in, _out));
        }

        public static async Task<Dtu> DialAsync(int port, ModbusFraming framing, byte unit, params string[] registration)
        {
            var device = new SimulatedDevice(framing);
            device.Server.Units[unit] = device.Bank;
            var line = await ConnectAsync(port);
            foreach (var piece in registration)
            {
                await line.SendAsync(Encoding.ASCII.GetBytes(piece));
            }

            return new Dtu(device, line, await ConnectAsync(device.Server.Port));
        }

        public Task SendAsync(byte[] bytes) => _out.SendAsync(bytes);

        public Task WaitClosedAsync() => _passing.WaitAsync(TimeSpan.FromSeconds(60));

        public async ValueTask DisposeAsync()
        {
            _out.Dispose();
            _in.Dispose();
            await _passing;
            await _device.DisposeAsync();
        }

        private static async Task<Socket> ConnectAsync(int port)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await Eventually.TrueAsync(
                async () =>
                {
                    try
                    {
                        await socket.ConnectAsync(IPAddress.Loopback, port);
                        return true;
                    }
                    catch (SocketException)
                    {
                        return false;
                    }
                },
                $"port {port} accepts");
            return socket;
        }

        private static async Task PassAsync(Socket from, Socket to)
        {
            var buffer = new byte[4096];
            try
            {
                int bytes;
                while ((bytes = await from.ReceiveAsync(buffer)) > 0)
                {
                    await to.SendAsync(buffer.AsMemory(0, bytes));
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // Hung up.
            }
        }
    }
}
