using System.Text.Json;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.OpcUa.Certificates;
using EdgeAgent.Protocols.OpcUa.Client;

namespace EdgeAgent.Collector.Drivers.OpcUa;

/// <summary>Makes a client from an endpoint of a configuration, to look around at its server before there are tags.</summary>
public static class OpcUaBrowsing
{
    /// <summary>The directory in which an endpoint keeps the certificates of servers.</summary>
    public static string StoreOf(EndpointConfig endpoint) =>
        endpoint.Settings.ValueKind == JsonValueKind.Object && endpoint.Settings.TryGetProperty("certificateStore", out JsonElement store) && store.GetString() is { } directory
            ? directory : OpcUaCertificateStore.DefaultDirectory;

    /// <returns>Null when the settings have errors.</returns>
    /// <exception cref="EndpointConnectException">The user's certificate cannot be read.</exception>
    public static OpcUaClient? MakeClient(EndpointConfig endpoint, ConfigPath path, ConfigErrors errors, TimeProvider time)
    {
        if (!SettingsReader.TryRead(endpoint.Settings, OpcUaSettingsJson.Default.OpcUaEndpointSettings, path, errors, out OpcUaEndpointSettings? settings))
        {
            return null;
        }

        var addresses = new List<OpcUaAddress>();
        foreach (string text in settings.Endpoints)
        {
            if (OpcUaAddress.TryParse(text, out OpcUaAddress? address))
            {
                addresses.Add(address);
            }
            else
            {
                errors.Add(path.Member("endpoints"), $"'{text}' is no address of an OPC UA server", "opc.tcp://192.168.1.10:4840", "");
            }
        }

        return errors.Any || addresses.Count == 0 ? null : OpcUaClients.Make(settings, addresses, time);
    }
}
