using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Client;

namespace EdgeAgent.Collector.Drivers.Modbus.Line;

/// <summary>A line over our own Modbus client.</summary>
internal sealed class ClientLine(ModbusClient client) : IModbusLine
{
    public bool IsConnected => client.IsConnected;

    public string? DisconnectReason => client.DisconnectReason;

    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        try
        {
            await client.ConnectAsync(cancellation).ConfigureAwait(false);
        }
        catch (ModbusConnectException exception)
        {
            throw new EndpointConnectException(exception.Message, exception);
        }
    }

    public ValueTask DisconnectAsync() => client.DisconnectAsync();

    public ValueTask<ModbusResult> ReadAsync(ModbusReadRequest request, Memory<byte> destination, CancellationToken cancellation) =>
        client.ReadAsync(request, destination, cancellation);

    public ValueTask<ModbusDeviceIdentity?> ReadIdentityAsync(byte unitId, CancellationToken cancellation) =>
        client.ReadIdentityAsync(unitId, cancellation);

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
