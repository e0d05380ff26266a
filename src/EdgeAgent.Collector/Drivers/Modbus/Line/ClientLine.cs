using System.Text;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Client;

namespace EdgeAgent.Collector.Drivers.Modbus.Line;

/// <summary>A line over our own Modbus client.</summary>
internal sealed class ClientLine : IModbusLine
{
    private readonly ModbusClient _client;
    private readonly TimeProvider _time;

    public ClientLine(ModbusClient client, TimeProvider time)
    {
        (_client, _time) = (client, time);
        ModbusFraming framing = client.Options.Transport.Framing;
        Frames = new FrameMemory(UnitTrace.Units, time, framing == ModbusFraming.Ascii ? Encoding.UTF8 : null, FrameMeanings.Of(framing));
        client.Trace = new UnitTrace(Frames, framing == ModbusFraming.Mbap);
    }

    public FrameMemory? Frames { get; }

    public bool IsConnected => _client.IsConnected;

    public string? DisconnectReason => _client.DisconnectReason;

    public TimeSpan? Busy => _client.Options.Transport is ModbusSerialTransport ? _client.Statistics.Busy : null;

    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        try
        {
            await _client.ConnectAsync(cancellation).ConfigureAwait(false);
        }
        catch (ModbusConnectException exception)
        {
            throw new EndpointConnectException(exception.Message, exception);
        }
    }

    public ValueTask DisconnectAsync() => _client.DisconnectAsync();

    public ValueTask<ModbusResult> ReadAsync(ModbusReadRequest request, Memory<byte> destination, CancellationToken cancellation) =>
        _client.ReadAsync(request, destination, cancellation);

    public ValueTask<ModbusResult> ProbeAsync(
        ModbusReadRequest request, Memory<byte> destination, int timeoutMs, CancellationToken cancellation) =>
        _client.Options.Transport.Framing == ModbusFraming.Mbap
            ? ProbeAmongOthersAsync(request, destination, timeoutMs, cancellation)
            : _client.ReadAsync(request, destination, timeoutMs, cancellation);

    public ValueTask<ModbusDeviceIdentity?> ReadIdentityAsync(byte unitId, CancellationToken cancellation) =>
        _client.ReadIdentityAsync(unitId, cancellation);

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    /// <summary>Behind a connection that carries several requests a probe gives its place up when its time is over, sent or not.</summary>
    private async ValueTask<ModbusResult> ProbeAmongOthersAsync(
        ModbusReadRequest request, Memory<byte> destination, int timeoutMs, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(timeoutMs), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return await _client.ReadAsync(request, destination, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ModbusResult(ModbusStatus.Timeout);
        }
    }
}
