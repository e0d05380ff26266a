using System.Text.Json.Serialization.Metadata;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Drivers.Probe;

/// <summary>Compiles probes of addresses: whether anything with an IP address is there, and how far away.</summary>
public sealed class ProbeDriverFactory : IDriverFactory
{
    public static ProbeDriverFactory Instance { get; } = new();

    public string Name => "probe";

    public JsonTypeInfo EndpointSettings => ProbeSettingsJson.Default.ProbeEndpointSettings;

    public JsonTypeInfo DeviceSettings => ProbeSettingsJson.Default.ProbeDeviceSettings;

    public IEndpointPlan? Compile(EndpointConfig endpoint, ConfigPath path, ConfigErrors errors)
    {
        int before = errors.Total;
        SettingsReader.TryRead(endpoint.Settings, ProbeSettingsJson.Default.ProbeEndpointSettings, path.Member("settings"), errors, out ProbeEndpointSettings? settings);
        var tags = new List<ProbeTag>();
        var targets = new List<ProbeDeviceSettings>();
        var devices = new List<DevicePlan>();
        for (int i = 0; i < endpoint.Devices.Count; i++)
        {
            DeviceConfig device = endpoint.Devices[i];
            ConfigPath at = path.Member("devices").Index(i);
            SettingsReader.TryRead(device.Settings, ProbeSettingsJson.Default.ProbeDeviceSettings, at.Member("settings"), errors, out ProbeDeviceSettings? target);
            if (target is not null)
            {
                CheckTarget(target, at.Member("settings"), errors);
                targets.Add(target);
            }

            var kinds = new List<ValueKind>();
            for (int j = 0; j < device.Tags.Count; j++)
            {
                TagConfig tag = device.Tags[j];
                if (QuantityOf(tag, tag.Source ?? at.Member("tags").Index(j), errors) is { } quantity)
                {
                    tags.Add(new ProbeTag(tags.Count, quantity));
                    kinds.Add(quantity == ProbeQuantity.Online ? ValueKind.Boolean : ValueKind.Float64);
                }
            }

            if (target is not null)
            {
                devices.Add(new DevicePlan(target.Method == ProbeMethod.Tcp ? $"probe://{target.Host}:{target.Port}" : $"probe://{target.Host}", kinds));
            }
        }

        return errors.Total > before ? null : new ProbeEndpointPlan(settings!, targets, [.. tags], devices);
    }

    private static void CheckTarget(ProbeDeviceSettings target, ConfigPath path, ConfigErrors errors)
    {
        if (string.IsNullOrWhiteSpace(target.Host))
        {
            errors.Add(path.Member("host"), "missing", "the host name or IP address to probe", "\"host\": \"192.168.1.64\"");
        }

        if (target.Method == ProbeMethod.Tcp && target.Port is null)
        {
            errors.Add(path.Member("port"), "missing", "the port to connect to", "\"port\": 80, or \"method\": \"icmp\"");
        }

        if (target.Method == ProbeMethod.Icmp && target.Port is not null)
        {
            errors.Add(path.Member("port"), "an echo has no port", "nothing here", "leave it out, or \"method\": \"tcp\"");
        }
    }

    private static ProbeQuantity? QuantityOf(TagConfig tag, ConfigPath path, ConfigErrors errors)
    {
        ProbeQuantity? quantity = tag.Address.Trim().ToLowerInvariant() switch
        {
            "online" => ProbeQuantity.Online,
            "rtt" => ProbeQuantity.RoundTrip,
            _ => null,
        };
        if (quantity is null)
        {
            errors.Add(path.Member("address"), $"tag '{tag.Name}': a probe knows nothing called '{tag.Address}'", "online or rtt", "online: whether it answers; rtt: milliseconds until then");
        }

        return quantity;
    }
}
