using EdgeAgent.Protocols.Modbus;

namespace EdgeAgent.Collector.Drivers.Modbus.Line;

/// <summary>The way to the units of an endpoint, as the driver needs it.</summary>
internal interface IModbusLine : IAsyncDisposable
{
    bool IsConnected { get; }

    /// <summary>Why the last connection ended, when that is known.</summary>
    string? DisconnectReason { get; }

    /// <exception cref="EndpointConnectException">It could not be reached.</exception>
    ValueTask ConnectAsync(CancellationToken cancellation);

    ValueTask DisconnectAsync();

    ValueTask<ModbusResult> ReadAsync(ModbusReadRequest request, Memory<byte> destination, CancellationToken cancellation);

    ValueTask<ModbusDeviceIdentity?> ReadIdentityAsync(byte unitId, CancellationToken cancellation);
}
