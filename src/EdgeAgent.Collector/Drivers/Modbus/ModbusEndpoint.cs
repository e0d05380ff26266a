using EdgeAgent.Collector.Drivers.Modbus.Line;
using EdgeAgent.Collector.Drivers.Modbus.Scanning;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Drivers.Modbus;

/// <summary>A running Modbus endpoint: one line and the devices behind it.</summary>
internal sealed class ModbusEndpoint : IPolledEndpoint, IShowsFrames
{
    private readonly ModbusUnit[] _units;
    private readonly GroupReader[] _readers;
    private readonly ModbusUnit[] _unitOfGroup;
    private IModbusLine? _line;
    private long _connection;

    public ModbusEndpoint(string lineAddress, IModbusLine line, long connection, ModbusUnit[] units, IReadOnlyList<ScanGroup> groups, ModbusTag[] tags, int inFlightMax)
    {
        LineAddress = lineAddress;
        _line = line;
        _connection = connection;
        _units = units;
        _unitOfGroup = [.. groups.Select(group => units[group.Device])];

        // Where several devices share the line, one of them alone must not fill it: a silent one would hold up all.
        int inFlightOfOne = units.Length > 1 ? Math.Max(1, inFlightMax - 1) : inFlightMax;
        _readers = [.. groups.Select(group => new GroupReader(units[group.Device], group.TagIds.Select(id => tags[id]), inFlightOfOne))];
    }

    /// <summary>Names the line and every setting of it: endpoints with equal ones can take each other's connection over.</summary>
    public string LineAddress { get; }

    public IReadOnlyList<ModbusUnit> Units => _units;

    public bool IsConnected => _line is { IsConnected: true };

    public TimeSpan? LineBusy => _line?.Busy;

    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        await Line.ConnectAsync(cancellation).ConfigureAwait(false);
        _connection++;
    }

    public ValueTask DisconnectAsync() => Line.DisconnectAsync();

    public ValueTask<ScanOutcome> ScanAsync(ScanRequest request, ReadingBatch into, CancellationToken cancellation) =>
        _readers[request.Group].ScanAsync(request.ProbeDeadlineMs, into, _connection, cancellation);

    public IReadOnlyList<WireFrame> FramesOf(int device) => _line?.Frames?.Of((byte)_units[device].Settings.UnitId) ?? [];

    public bool IsSimulated(int device) => _units[device].IsSimulated;

    public IReadOnlyList<KeyValuePair<string, string>> IdentityOf(int device) => _units[device].Identity is not { } identity
        ? []
        : [.. new KeyValuePair<string, string?>[]
        {
            new("vendor", identity.VendorName), new("product code", identity.ProductCode), new("revision", identity.Revision),
            new("product", identity.ProductName), new("model", identity.ModelName), new("application", identity.UserApplicationName),
        }.Where(field => !string.IsNullOrEmpty(field.Value)).Select(field => KeyValuePair.Create(field.Key, field.Value!))];

    /// <summary>Gives the line away, with the number of its connection; this endpoint is then of no more use.</summary>
    public (IModbusLine Line, long Connection) ReleaseLine()
    {
        IModbusLine line = Line;
        _line = null;
        return (line, _connection);
    }

    public ValueTask DisposeAsync() => _line?.DisposeAsync() ?? ValueTask.CompletedTask;

    private IModbusLine Line => _line ?? throw new ObjectDisposedException(nameof(ModbusEndpoint));
}
