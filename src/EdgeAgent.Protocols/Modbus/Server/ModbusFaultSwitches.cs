namespace EdgeAgent.Protocols.Modbus.Server;

/// <summary>Which faults a simulated device shows now: per unit until switched off, and for single requests by a plan.</summary>
public sealed class ModbusFaultSwitches
{
    private readonly ModbusFault[] _byUnit = new ModbusFault[256];
    private volatile bool _any;

    /// <summary>Asked first, for every request; a result other than None wins over the unit's switch.</summary>
    public Func<ModbusReadRequest, ModbusFault>? Plan { get; set; }

    public void Set(byte unitId, ModbusFault fault)
    {
        lock (_byUnit)
        {
            _byUnit[unitId] = fault;
            _any = Array.Exists(_byUnit, static f => f.Kind != ModbusFaultKind.None);
        }
    }

    public void Clear(byte unitId) => Set(unitId, default);

    internal ModbusFault Next(in ModbusReadRequest request)
    {
        if (Plan?.Invoke(request) is { Kind: not ModbusFaultKind.None } planned)
        {
            return planned;
        }

        if (!_any)
        {
            return default;
        }

        lock (_byUnit)
        {
            return _byUnit[request.UnitId];
        }
    }
}
