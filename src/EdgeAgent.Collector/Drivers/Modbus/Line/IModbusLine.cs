using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Protocols.Modbus;

namespace EdgeAgent.Collector.Drivers.Modbus.Line;

/// <summary>The way to the units of an endpoint, as the driver needs it.</summary>
internal interface IModbusLine : IAsyncDisposable
{
    bool IsConnected { get; }

    /// <summary>Why the last connection ended, when that is known.</summary>
    string? DisconnectReason { get; }

    /// <summary>How long a serial line has been taken; null for other ways.</summary>
    TimeSpan? Busy { get; }

    /// <summary>The last frames of the units; null where nothing remembers them.</summary>
    FrameMemory? Frames => null;

    /// <exception cref="EndpointConnectException">It could not be reached.</exception>
    ValueTask ConnectAsync(CancellationToken cancellation);

    ValueTask DisconnectAsync();

    ValueTask<ModbusResult> ReadAsync(ModbusReadRequest request, Memory<byte> destination, CancellationToken cancellation);

    /// <summary>Reads with a response timeout of its own. On a line that carries one request at a time it counts from sending,
    /// so that waiting for one's turn behind others does not pass for silence.</summary>
    ValueTask<ModbusResult> ProbeAsync(ModbusReadRequest request, Memory<byte> destination, int timeoutMs, CancellationToken cancellation);

    ValueTask<ModbusDeviceIdentity?> ReadIdentityAsync(byte unitId, CancellationToken cancellation);
}
