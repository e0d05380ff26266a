using EdgeAgent.Collector.Drivers.OpcUa.Addresses;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Security;

namespace EdgeAgent.Collector.Drivers.OpcUa;

/// <summary>Checks one endpoint's configuration whole, and compiles it when nothing is wrong.</summary>
internal sealed class OpcUaCompiler(ConfigErrors errors)
{
    public IEndpointPlan? Compile(EndpointConfig endpoint, ConfigPath path)
    {
        int before = errors.Total;
        SettingsReader.TryRead(
            endpoint.Settings, OpcUaSettingsJson.Default.OpcUaEndpointSettings, path.Member("settings"), errors, out OpcUaEndpointSettings? settings);
        List<OpcUaAddress> addresses = settings is null ? [] : Addresses(settings, path.Member("settings"));
        if (settings is not null)
        {
            CheckSecurity(settings, path.Member("settings"));
            CheckMonitoring(settings.Monitoring, path.Member("settings").Member("monitoring"));
            foreach ((string name, OpcUaMonitoringSettings monitoring) in settings.ScanClasses)
            {
                CheckMonitoring(monitoring, path.Member("settings").Member("scanClasses").Member(name));
            }
        }
        var tags = new List<OpcUaTag>();
        var devices = new List<DevicePlan>();
        for (int i = 0; i < endpoint.Devices.Count; i++)
        {
            DeviceConfig device = endpoint.Devices[i];
            ConfigPath at = path.Member("devices").Index(i);
            SettingsReader.TryRead(
                device.Settings, OpcUaSettingsJson.Default.OpcUaDeviceSettings, at.Member("settings"), errors, out OpcUaDeviceSettings? own);
            CheckMonitoring(own?.Monitoring, at.Member("settings").Member("monitoring"));
            var compiler = new OpcUaTagCompiler(settings, own, i, at, errors);
            int first = tags.Count;
            for (int j = 0; j < device.Tags.Count; j++)
            {
                if (compiler.Compile(device.Tags[j], tags.Count, j) is { } tag)
                {
                    tags.Add(tag);
                }
            }
            devices.Add(new DevicePlan(AddressOf(addresses, own), [.. tags.Skip(first).Select(tag => tag.Kind)]));
        }
        if (errors.Total > before)
        {
            return null;
        }
        return tags.Count > 0 && tags.TrueForAll(tag => tag.Mode == OpcUaMode.Poll)
            ? new OpcUaPolledPlan(settings!, addresses, [.. tags], devices)
            : new OpcUaSubscribedPlan(settings!, addresses, [.. tags], devices);
    }

    private List<OpcUaAddress> Addresses(OpcUaEndpointSettings settings, ConfigPath path)
    {
        var addresses = new List<OpcUaAddress>();
        for (int i = 0; i < settings.Endpoints.Count; i++)
        {
            if (OpcUaAddress.TryParse(settings.Endpoints[i], out OpcUaAddress? address))
            {
                addresses.Add(address);
            }
            else
            {
                errors.Add(path.Member("endpoints").Index(i), $"'{settings.Endpoints[i]}' is no address of an OPC UA server", "opc.tcp://host:4840", "");
            }
        }
        if (settings.Endpoints.Count == 0)
        {
            errors.Add(path.Member("endpoints"), "no server is named", "at least one address such as opc.tcp://192.168.1.10:4840", "");
        }
        return addresses;
    }

    private void CheckSecurity(OpcUaEndpointSettings settings, ConfigPath path)
    {
        if (settings.SecurityMode is not (MessageSecurityMode.None or MessageSecurityMode.Sign or MessageSecurityMode.SignAndEncrypt))
        {
            errors.Add(path.Member("securityMode"), "this is no way to secure messages", "none, sign or signandencrypt", "");
        }
        if (settings.SecurityPolicy is { } name && OpcUaClients.PolicyOf(name) is null)
        {
            errors.Add(path.Member("securityPolicy"), $"'{name}' is no policy known here", string.Join(", ", SecurityPolicy.All.Select(policy => policy.Name)),
                "leave it out for the strongest that the server offers");
        }
        bool isOpen = settings.SecurityMode == MessageSecurityMode.None;
        if (settings.SecurityPolicy is { } given && OpcUaClients.PolicyOf(given) is { } policy && policy.IsNone != isOpen)
        {
            errors.Add(path.Member("securityPolicy"), $"the policy {policy.Name} does not go with securityMode {settings.SecurityMode}",
                isOpen ? "None, or leave it out" : "a policy other than None", "");
        }
        if (settings.User is not null && settings.UserCertificate is not null)
        {
            errors.Add(path.Member("userCertificate"), "there is a user name as well", "one of the two", "");
        }
        if (settings.User is not null && settings.Password is null)
        {
            errors.Add(path.Member("password"), $"user '{settings.User}' has no password", "a secret", "${env:NAME} or ${file:PATH}; \"\" for none");
        }
    }

    private void CheckMonitoring(OpcUaMonitoringSettings? monitoring, ConfigPath path)
    {
        if (monitoring is { DeadbandAbsolute: not null, DeadbandPercent: not null })
        {
            errors.Add(path.Member("deadbandPercent"), "there is an absolute deadband as well", "one of the two", "");
        }
    }

    private static string AddressOf(List<OpcUaAddress> addresses, OpcUaDeviceSettings? device) =>
        addresses.Count == 0 ? "" : $"{addresses[0].Url}{device?.Root}";
}
