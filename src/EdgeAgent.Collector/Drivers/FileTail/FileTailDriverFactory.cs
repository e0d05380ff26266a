using System.Text.Json.Serialization.Metadata;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Drivers.FileTail;

/// <summary>Compiles endpoints of machines that write files.</summary>
public sealed class FileTailDriverFactory : IDriverFactory
{
    public string Name => "file-tail";

    public JsonTypeInfo EndpointSettings => FileTailSettingsJson.Default.FileTailEndpointSettings;

    public JsonTypeInfo DeviceSettings => FileTailSettingsJson.Default.FileTailDeviceSettings;

    public IEndpointPlan? Compile(EndpointConfig endpoint, ConfigPath path, ConfigErrors errors) =>
        new FileTailCompiler(errors).Compile(endpoint, path);
}
