using System.Text.Json.Serialization.Metadata;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Drivers.Http;

/// <summary>Compiles endpoints of servers that answer in JSON over HTTP.</summary>
public sealed class HttpDriverFactory : IDriverFactory
{
    public static HttpDriverFactory Instance { get; } = new();

    public string Name => "http-json";

    public JsonTypeInfo EndpointSettings => HttpSettingsJson.Default.HttpEndpointSettings;

    public JsonTypeInfo DeviceSettings => HttpSettingsJson.Default.HttpDeviceSettings;

    public IEndpointPlan? Compile(EndpointConfig endpoint, ConfigPath path, ConfigErrors errors) => new HttpCompiler(errors).Compile(endpoint, path);
}
