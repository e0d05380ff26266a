using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Client;

namespace EdgeAgent.Commands.Scan;

/// <summary>Looks for Modbus units behind one address of a network: a gateway has a whole line behind it.</summary>
internal sealed class UnitScan(string host, int port, int unitMost, int unitTimeoutMs, TimeProvider time, Action<string> report)
{
    /// <summary>A line behind a gateway has other work to do.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    private const int LineUnitMost = 247;

    /// <summary>Numbers by which a device answers that has no line behind it.</summary>
    public static IReadOnlyList<int> OfLoneDevices { get; } = [255, 0];

    public async Task<IReadOnlyList<FoundDevice>> RunAsync(CancellationToken cancellation)
    {
        List<FoundDevice> found = [];
        ModbusClientOptions options = new() { Transport = ModbusTransport.Tcp(host, port), ResponseTimeoutMs = unitTimeoutMs };
        await using ModbusClient client = new(options, time);
        await ConnectAsync(client, cancellation);
        byte[] data = new byte[2];
        foreach (int unit in Enumerable.Range(1, unitMost).Concat(OfLoneDevices))
        {
            if (unit is 0 or > LineUnitMost && found.Count > 0)
            {
                break; // Behind a gateway that has others these would be the gateway itself, or all at once.
            }

            report($"{host}:{port}: Modbus unit {unit} of {unitMost}, {found.Count} found");
            if (!client.IsConnected)
            {
                await ConnectAsync(client, cancellation); // Many gateways close the connection over a unit that is not there.
            }

            ModbusResult result = await client.ReadAsync(new ModbusReadRequest((byte)unit, ModbusFunction.ReadHoldingRegisters, 0, 1), data, cancellation);
            // "Target device failed to respond" is the gateway's word for nobody.
            bool isThere = result.Status == ModbusStatus.Ok || (result.Status == ModbusStatus.Exception && (int)result.Exception is not (0x0A or 0x0B));
            if (isThere)
            {
                ModbusDeviceIdentity? identity = await client.ReadIdentityAsync((byte)unit, cancellation);
                found.Add(new FoundDevice("modbus-tcp", $"{host}:{port}", $"Modbus unit {unit}{ModbusIdentityText.Of(identity)}") { Host = host, Port = port, UnitId = unit });
            }

            await Task.Delay(Between, time, cancellation);
        }

        return found;
    }

    private static async Task ConnectAsync(ModbusClient client, CancellationToken cancellation)
    {
        try
        {
            await client.ConnectAsync(cancellation);
        }
        catch (ModbusConnectException exception)
        {
            throw CommandFailure.Failed(exception.Message, exception);
        }
    }
}
