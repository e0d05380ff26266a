using System.Text.Json.Serialization.Metadata;
using EdgeAgent.Collector.Asking;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Drivers.MtConnect;

/// <summary>Compiles endpoints of MTConnect agents.</summary>
public sealed class MtConnectDriverFactory : IDriverFactory
{
    public static MtConnectDriverFactory Instance { get; } = new();

    public string Name => "mtconnect";

    public JsonTypeInfo EndpointSettings => MtConnectSettingsJson.Default.MtConnectEndpointSettings;

    public JsonTypeInfo DeviceSettings => MtConnectSettingsJson.Default.MtConnectDeviceSettings;

    public IEndpointPlan? Compile(EndpointConfig endpoint, ConfigPath path, ConfigErrors errors)
    {
        int before = errors.Total;
        ConfigPath at = path.Member("settings");
        SettingsReader.TryRead(endpoint.Settings, MtConnectSettingsJson.Default.MtConnectEndpointSettings, at, errors, out MtConnectEndpointSettings? settings);
        HttpServer? server = settings is null ? null : HttpServer.Check(settings, at, errors);
        var names = new List<string?>();
        var tags = new List<MtConnectTag>();
        var devices = new List<DevicePlan>();
        for (int i = 0; i < endpoint.Devices.Count; i++)
        {
            DeviceConfig device = endpoint.Devices[i];
            ConfigPath deviceAt = path.Member("devices").Index(i);
            SettingsReader.TryRead(device.Settings, MtConnectSettingsJson.Default.MtConnectDeviceSettings, deviceAt.Member("settings"), errors, out MtConnectDeviceSettings? own);
            if (own?.Device is null && endpoint.Devices.Count > 1)
            {
                errors.Add(deviceAt.Member("settings").Member("device"), $"device '{device.Name}' does not say which machine of the agent it is", "its name or uuid there", "\"device\": \"VMC-3Axis\"");
            }

            names.Add(own?.Device);
            int first = tags.Count;
            for (int j = 0; j < device.Tags.Count; j++)
            {
                if (TagOf(device.Tags[j], tags.Count, device.Tags[j].Source ?? deviceAt.Member("tags").Index(j), errors) is { } tag)
                {
                    tags.Add(tag);
                }
            }

            devices.Add(new DevicePlan("mtconnect+" + server?.Base + (own?.Device is { } name ? "#" + name : ""), [.. tags.Skip(first).Select(tag => tag.Kind)]));
        }

        return errors.Total > before ? null
            : settings!.Mode == MtConnectMode.Sample ? new MtConnectSamplePlan(server!, settings, names, [.. tags], devices)
            : new MtConnectEndpointPlan(server!, settings.ObservationTime, names, [.. tags], devices);
    }

    private static MtConnectTag? TagOf(TagConfig tag, int id, ConfigPath path, ConfigErrors errors)
    {
        ValueKind? kind = TagKinds.Check(tag, path, errors);
        if (!MtConnectAddress.TryParse(tag.Address, out MtConnectAddress? address))
        {
            errors.Add(path.Member("address"), $"tag '{tag.Name}': '{tag.Address}' names no data item",
                "the data item's id or name, or type:TYPE, type:TYPE/SUBTYPE, type:TYPE/SUBTYPE@COMPONENT", "\"type:SPINDLE_SPEED/ACTUAL\"");
        }

        return kind is null || address is null ? null : new MtConnectTag(id, tag.Name, kind.Value, address);
    }
}
