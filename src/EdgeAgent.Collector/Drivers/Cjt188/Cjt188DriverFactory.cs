using System.Text.Json.Serialization.Metadata;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Drivers.Cjt188;

/// <summary>Compiles lines with water, heat and gas meters that speak CJ/T 188.</summary>
public sealed class Cjt188DriverFactory : IDriverFactory
{
    public string Name => "cjt188";

    public JsonTypeInfo EndpointSettings => Cjt188SettingsJson.Default.Cjt188EndpointSettings;

    public JsonTypeInfo DeviceSettings => Cjt188SettingsJson.Default.Cjt188DeviceSettings;

    public IEndpointPlan? Compile(EndpointConfig endpoint, ConfigPath path, ConfigErrors errors) => new Cjt188Compiler(errors).Compile(endpoint, path);
}
