using EdgeAgent.Collector.Drivers.Modbus.Line;
using EdgeAgent.Collector.Drivers.Modbus.Planning;
using EdgeAgent.Protocols.Modbus;

namespace EdgeAgent.Collector.Drivers.Modbus.Scanning;

/// <summary>One device while it runs: its way to the line, its pauses, what was learnt about it, and who it says it is.</summary>
/// <remarks>Scans of one device never overlap, so nothing here is locked.</remarks>
internal sealed class ModbusUnit(ModbusDeviceSettings settings, IModbusLine line, TimeProvider time, AddressFacts facts)
{
    /// <summary>A device that did not say who it is this often is not asked again: many ignore the question, and each costs a timeout.</summary>
    private const int IdentityTriesMax = 2;

    private long _identifiedConnection = -1;
    private int _identityMisses;
    private long? _lastEndStamp;

    public ModbusDeviceSettings Settings { get; } = settings;

    public AddressFacts Facts { get; } = facts;

    public TimeProvider Time { get; } = time;

    public byte UnitId { get; } = (byte)settings.UnitId;

    public ModbusDeviceIdentity? Identity { get; private set; }

    public bool IsSimulated => Identity?.VendorName == SimulatorIdentity.VendorName;

    public string? DisconnectReason => line.DisconnectReason;

    /// <summary>Sends a block's request without regard to pauses; for devices that need none.</summary>
    public ValueTask<ModbusResult> StartAsync(in ReadBlock block, Memory<byte> destination, CancellationToken cancellation) =>
        line.ReadAsync(block.ToRequest(UnitId), destination, cancellation);

    /// <summary>Sends a block's request with a response timeout of its own.</summary>
    public async ValueTask<ModbusResult> ProbeAsync(ReadBlock block, Memory<byte> destination, int timeoutMs, CancellationToken cancellation)
    {
        await PauseAsync(cancellation).ConfigureAwait(false);
        ModbusResult result = await line.ProbeAsync(block.ToRequest(UnitId), destination, timeoutMs, cancellation).ConfigureAwait(false);
        Ended();
        return result;
    }

    /// <summary>Sends a block's request when the device is ready for it, and again while it says that it is busy.</summary>
    public async ValueTask<ModbusResult> AskAsync(ReadBlock block, Memory<byte> destination, CancellationToken cancellation)
    {
        await PauseAsync(cancellation).ConfigureAwait(false);
        ModbusResult result = await StartAsync(block, destination, cancellation).ConfigureAwait(false);
        Ended();
        return result.IsWait ? await AskAgainAsync(block, destination, cancellation).ConfigureAwait(false) : result;
    }

    /// <summary>Repeats a request to which the device said that it is busy.</summary>
    public async ValueTask<ModbusResult> AskAgainAsync(ReadBlock block, Memory<byte> destination, CancellationToken cancellation)
    {
        var result = new ModbusResult(ModbusStatus.Exception, (byte)ModbusExceptionCode.ServerDeviceBusy);
        for (int tries = 0; tries < Settings.BusyTriesMax && result.IsWait; tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Settings.BusyWaitMs), Time, cancellation).ConfigureAwait(false);
            result = await StartAsync(block, destination, cancellation).ConfigureAwait(false);
            Ended();
        }

        return result;
    }

    public bool MustIdentify(long connection) =>
        Settings.Identify && _identifiedConnection != connection && _identityMisses < IdentityTriesMax;

    /// <summary>Asks the device who made it, once a connection.</summary>
    public async ValueTask IdentifyAsync(long connection, CancellationToken cancellation)
    {
        await PauseAsync(cancellation).ConfigureAwait(false);
        ModbusDeviceIdentity? identity = await line.ReadIdentityAsync(UnitId, cancellation).ConfigureAwait(false);
        Ended();
        _identifiedConnection = connection;
        if (identity is null)
        {
            _identityMisses++;
        }
        else
        {
            _identityMisses = 0;
            Identity = identity;
        }
    }

    private ValueTask PauseAsync(CancellationToken cancellation)
    {
        if (Settings.PauseMs == 0 || _lastEndStamp is not { } last)
        {
            return ValueTask.CompletedTask;
        }

        TimeSpan left = TimeSpan.FromMilliseconds(Settings.PauseMs) - Time.GetElapsedTime(last);
        return left > TimeSpan.Zero ? new ValueTask(Task.Delay(left, Time, cancellation)) : ValueTask.CompletedTask;
    }

    private void Ended() => _lastEndStamp = Time.GetTimestamp();
}
