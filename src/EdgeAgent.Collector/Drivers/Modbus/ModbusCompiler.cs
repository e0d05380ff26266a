using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Modbus.Client;

namespace EdgeAgent.Collector.Drivers.Modbus;

/// <summary>Checks one endpoint's configuration whole, and compiles it when nothing is wrong.</summary>
internal sealed class ModbusCompiler(string driverName, ModbusRoute route, ConfigErrors errors)
{
    public ModbusEndpointPlan? Compile(EndpointConfig endpoint, ConfigPath path)
    {
        int before = errors.Total;
        SettingsReader.TryRead(
            endpoint.Settings, ModbusSettingsJson.Default.ModbusEndpointSettings, path.Member("settings"), errors, out ModbusEndpointSettings? settings);
        ModbusClientOptions? client = settings is null
            ? null
            : new ModbusRouteCompiler(driverName, route, errors).Compile(settings, path.Member("settings"));

        var tags = new List<ModbusTag>();
        var units = new List<ModbusDeviceSettings>();
        var devices = new List<DevicePlan>();
        for (int i = 0; i < endpoint.Devices.Count; i++)
        {
            DeviceConfig device = endpoint.Devices[i];
            ConfigPath at = path.Member("devices").Index(i);
            bool read = SettingsReader.TryRead(
                device.Settings, ModbusSettingsJson.Default.ModbusDeviceSettings, at.Member("settings"), errors, out ModbusDeviceSettings? unit);

            // Tags are checked even when the device's settings are wrong, so that every error is told at once.
            var compiler = new ModbusTagCompiler(unit ?? new ModbusDeviceSettings(), at, errors);
            int first = tags.Count;
            for (int j = 0; j < device.Tags.Count; j++)
            {
                if (compiler.Compile(device.Tags[j], tags.Count, j) is { } tag)
                {
                    tags.Add(tag);
                }
            }

            if (read && client?.Transport is ModbusSerialTransport && unit!.UnitId is 0 or > 247)
            {
                errors.Add(at.Member("settings").Member("unitId"), $"{unit.UnitId} is no address of a device on a serial line", "1 to 247", "0 speaks to all and none answers");
            }

            if (read && client is not null)
            {
                units.Add(unit!);
                devices.Add(new DevicePlan(AddressOf(client, unit!), [.. tags.Skip(first).Select(tag => tag.Kind)]));
            }
        }

        return errors.Total > before ? null : new ModbusEndpointPlan(driverName, settings!, client!, units, [.. tags], devices);
    }

    private string AddressOf(ModbusClientOptions client, ModbusDeviceSettings unit) => client.Transport switch
    {
        ModbusTcpTransport tcp => $"{driverName}://{tcp.Host}:{tcp.Port}/{unit.UnitId}",
        ModbusUdpTransport udp => $"{driverName}://{udp.Host}:{udp.Port}/{unit.UnitId}",
        ModbusListenTransport { Registration.Length: > 0 } listen =>
            $"{driverName}://{listen.Address}:{listen.Port}/{Convert.ToHexStringLower(listen.Registration.Span)}/{unit.UnitId}",
        ModbusListenTransport listen => $"{driverName}://{listen.Address}:{listen.Port}/{unit.UnitId}",
        ModbusSerialTransport serial => $"{driverName}://{serial.Place.Port}/{unit.UnitId}",
        _ => throw new InvalidOperationException($"No address for {client.Transport}."),
    };
}
