using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Client;
using EdgeAgent.Protocols.Modbus.Server;

namespace EdgeAgent.Protocols.Tests.Modbus;

/// <summary>A server with one unit whose registers all hold something different, and clients for it.</summary>
internal sealed class SimulatedDevice : IAsyncDisposable
{
    public const byte Unit = 7;

    private readonly ModbusFraming _framing;
    private readonly List<ModbusClient> _clients = [];

    public SimulatedDevice(ModbusFraming framing = ModbusFraming.Mbap, TimeProvider? serverTime = null)
    {
        _framing = framing;
        Server = new ModbusTcpServer(new ModbusServerOptions { Framing = framing }, serverTime ?? TimeProvider.System);
        Bank = new RegisterBank { Identity = new ModbusDeviceIdentity("EdgeAgent Simulator", "SIM-1", "1.0") };
        for (var i = 0; i < 0x1_0000; i++)
        {
            Bank.HoldingRegisters[i] = Holding(i);
            Bank.InputRegisters[i] = Input(i);
            Bank.Coils[i] = Coil(i);
            Bank.DiscreteInputs[i] = !Coil(i);
        }

        Server.Units[Unit] = Bank;
        Server.Start();
    }

    public ModbusTcpServer Server { get; }

    public RegisterBank Bank { get; }

    public static ushort Holding(int address) => (ushort)((address * 7) + 1);

    public static ushort Input(int address) => (ushort)(~address * 3);

    public static bool Coil(int address) => address % 3 == 0 || address % 7 == 2;

    public ModbusTransport Transport => TransportTo(Server.Port);

    public ModbusTransport TransportTo(int port) => _framing switch
    {
        ModbusFraming.Rtu => ModbusTransport.RtuOverTcp("127.0.0.1", port),
        ModbusFraming.Ascii => ModbusTransport.AsciiOverTcp("127.0.0.1", port),
        _ => ModbusTransport.Tcp("127.0.0.1", port),
    };

    /// <summary>Spoils one answer; all others are right.</summary>
    public void SpoilNext(ModbusFault fault)
    {
        var left = 1;
        Server.Faults.Plan = _ => Interlocked.Exchange(ref left, 0) == 1 ? fault : default;
    }

    public async Task<ModbusClient> ConnectAsync(TimeProvider? time = null, Func<ModbusClientOptions, ModbusClientOptions>? adjust = null)
    {
        var options = new ModbusClientOptions { Transport = Transport, ResponseTimeoutMs = 30_000 };
        var client = new ModbusClient(adjust?.Invoke(options) ?? options, time ?? TimeProvider.System);
        _clients.Add(client);
        await client.ConnectAsync(CancellationToken.None);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await Server.DisposeAsync();
    }
}
