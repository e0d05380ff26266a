using System.Text.Json.Serialization.Metadata;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Drivers.Melsec;

/// <summary>Compiles endpoints of Mitsubishi controllers over MC protocol.</summary>
public sealed class MelsecDriverFactory : IDriverFactory
{
    public static MelsecDriverFactory Instance { get; } = new();

    public string Name => "melsec";

    public JsonTypeInfo EndpointSettings => MelsecSettingsJson.Default.MelsecEndpointSettings;

    public JsonTypeInfo DeviceSettings => MelsecSettingsJson.Default.MelsecDeviceSettings;

    public IEndpointPlan? Compile(EndpointConfig endpoint, ConfigPath path, ConfigErrors errors) => MelsecCompiler.Compile(endpoint, path, errors);
}
