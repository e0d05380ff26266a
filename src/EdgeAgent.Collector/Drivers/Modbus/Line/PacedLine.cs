using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Protocols.Modbus;

namespace EdgeAgent.Collector.Drivers.Modbus.Line;

/// <summary>Keeps a line silent for a while after each answer, for serial lines whose devices need it.</summary>
internal sealed class PacedLine(IModbusLine line, int pauseMs, TimeProvider time) : IModbusLine
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly TimeSpan _pause = TimeSpan.FromMilliseconds(pauseMs);
    private long? _lastEndStamp;

    public bool IsConnected => line.IsConnected;

    public string? DisconnectReason => line.DisconnectReason;

    public TimeSpan? Busy => line.Busy;

    public FrameMemory? Frames => line.Frames;

    public ValueTask ConnectAsync(CancellationToken cancellation) => line.ConnectAsync(cancellation);

    public ValueTask DisconnectAsync() => line.DisconnectAsync();

    public async ValueTask<ModbusResult> ReadAsync(ModbusReadRequest request, Memory<byte> destination, CancellationToken cancellation)
    {
        await TakeTurnAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await line.ReadAsync(request, destination, cancellation).ConfigureAwait(false);
        }
        finally
        {
            EndTurn();
        }
    }

    public async ValueTask<ModbusResult> ProbeAsync(
        ModbusReadRequest request, Memory<byte> destination, int timeoutMs, CancellationToken cancellation)
    {
        await TakeTurnAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await line.ProbeAsync(request, destination, timeoutMs, cancellation).ConfigureAwait(false);
        }
        finally
        {
            EndTurn();
        }
    }

    public async ValueTask<ModbusDeviceIdentity?> ReadIdentityAsync(byte unitId, CancellationToken cancellation)
    {
        await TakeTurnAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await line.ReadIdentityAsync(unitId, cancellation).ConfigureAwait(false);
        }
        finally
        {
            EndTurn();
        }
    }

    public ValueTask DisposeAsync() => line.DisposeAsync();

    private async ValueTask TakeTurnAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_lastEndStamp is { } last && _pause - time.GetElapsedTime(last) is { Ticks: > 0 } left)
            {
                await Task.Delay(left, time, cancellation).ConfigureAwait(false);
            }
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    private void EndTurn()
    {
        _lastEndStamp = time.GetTimestamp();
        _turn.Release();
    }
}
