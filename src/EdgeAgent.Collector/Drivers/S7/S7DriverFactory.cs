using System.Text.Json.Serialization.Metadata;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Drivers.S7;

/// <summary>Compiles endpoints of Siemens controllers over S7 communication.</summary>
public sealed class S7DriverFactory : IDriverFactory
{
    public static S7DriverFactory Instance { get; } = new();

    public string Name => "s7";

    public JsonTypeInfo EndpointSettings => S7SettingsJson.Default.S7EndpointSettings;

    public JsonTypeInfo DeviceSettings => S7SettingsJson.Default.S7DeviceSettings;

    public IEndpointPlan? Compile(EndpointConfig endpoint, ConfigPath path, ConfigErrors errors) => S7Compiler.Compile(endpoint, path, errors);
}
