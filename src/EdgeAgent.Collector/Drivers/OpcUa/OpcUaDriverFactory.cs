using System.Text.Json.Serialization.Metadata;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Drivers.OpcUa;

/// <summary>Compiles OPC UA endpoints.</summary>
public sealed class OpcUaDriverFactory : IDriverFactory
{
    public const string DriverName = "opc-ua";

    public string Name => DriverName;

    public JsonTypeInfo EndpointSettings => OpcUaSettingsJson.Default.OpcUaEndpointSettings;

    public JsonTypeInfo DeviceSettings => OpcUaSettingsJson.Default.OpcUaDeviceSettings;

    public IEndpointPlan? Compile(EndpointConfig endpoint, ConfigPath path, ConfigErrors errors) => new OpcUaCompiler(errors).Compile(endpoint, path);
}
