using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Client;

namespace EdgeAgent.Collector.Drivers.Modbus.Line;

/// <summary>A line over our own Modbus client.</summary>
internal sealed class ClientLine(ModbusClient client, TimeProvider time) : IModbusLine
{
    public bool IsConnected => client.IsConnected;

    public string? DisconnectReason => client.DisconnectReason;

    public TimeSpan? Busy => client.Options.Transport is ModbusSerialTransport ? client.Statistics.Busy : null;

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

    public ValueTask<ModbusResult> ProbeAsync(
        ModbusReadRequest request, Memory<byte> destination, int timeoutMs, CancellationToken cancellation) =>
        client.Options.Transport.Framing == ModbusFraming.Mbap
            ? ProbeAmongOthersAsync(request, destination, timeoutMs, cancellation)
            : client.ReadAsync(request, destination, timeoutMs, cancellation);

    public ValueTask<ModbusDeviceIdentity?> ReadIdentityAsync(byte unitId, CancellationToken cancellation) =>
        client.ReadIdentityAsync(unitId, cancellation);

    public ValueTask DisposeAsync() => client.DisposeAsync();

    /// <summary>Behind a connection that carries several requests a probe gives its place up when its time is over, sent or not.</summary>
    private async ValueTask<ModbusResult> ProbeAmongOthersAsync(
        ModbusReadRequest request, Memory<byte> destination, int timeoutMs, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(timeoutMs), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return await client.ReadAsync(request, destination, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ModbusResult(ModbusStatus.Timeout);
        }
    }
}
