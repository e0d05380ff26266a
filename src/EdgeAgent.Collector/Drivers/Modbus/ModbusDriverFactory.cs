using System.Text.Json.Serialization.Metadata;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Drivers.Modbus;

/// <summary>Compiles Modbus endpoints; one instance for each way in which Modbus travels.</summary>
public sealed class ModbusDriverFactory : IDriverFactory
{
    public static ModbusDriverFactory Tcp { get; } = new("modbus-tcp", ModbusRoute.Tcp);

    public static ModbusDriverFactory RtuOverTcp { get; } = new("modbus-rtu-over-tcp", ModbusRoute.SerialOverTcp);

    public static ModbusDriverFactory Udp { get; } = new("modbus-udp", ModbusRoute.Udp);

    public static ModbusDriverFactory Listen { get; } = new("modbus-listen", ModbusRoute.Listen);

    public static ModbusDriverFactory Rtu { get; } = new("modbus-rtu", ModbusRoute.SerialRtu);

    public static ModbusDriverFactory Ascii { get; } = new("modbus-ascii", ModbusRoute.SerialAscii);

    private readonly ModbusRoute _route;

    private ModbusDriverFactory(string name, ModbusRoute route)
    {
        Name = name;
        _route = route;
    }

    public string Name { get; }

    public JsonTypeInfo EndpointSettings => ModbusSettingsJson.Default.ModbusEndpointSettings;

    public JsonTypeInfo DeviceSettings => ModbusSettingsJson.Default.ModbusDeviceSettings;

    public IEndpointPlan? Compile(EndpointConfig endpoint, ConfigPath path, ConfigErrors errors) =>
        new ModbusCompiler(Name, _route, errors).Compile(endpoint, path);
}

/// <summary>The ways in which Modbus travels.</summary>
internal enum ModbusRoute
{
    Tcp,
    SerialOverTcp,
    Udp,
    Listen,
    SerialRtu,
    SerialAscii,
}
