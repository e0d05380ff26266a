using System.Text.Json.Serialization.Metadata;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Drivers.Dlt645;

/// <summary>Compiles lines with energy meters that speak DL/T 645.</summary>
public sealed class Dlt645DriverFactory : IDriverFactory
{
    public string Name => "dlt645";

    public JsonTypeInfo EndpointSettings => Dlt645SettingsJson.Default.Dlt645EndpointSettings;

    public JsonTypeInfo DeviceSettings => Dlt645SettingsJson.Default.Dlt645DeviceSettings;

    public IEndpointPlan? Compile(EndpointConfig endpoint, ConfigPath path, ConfigErrors errors) => new Dlt645Compiler(errors).Compile(endpoint, path);
}
