using System.Text.Json.Serialization.Metadata;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Drivers.MqttIn;

/// <summary>Compiles endpoints at which devices publish over MQTT.</summary>
public sealed class MqttInDriverFactory : IDriverFactory
{
    public string Name => "mqtt-in";

    public JsonTypeInfo EndpointSettings => MqttInSettingsJson.Default.MqttInEndpointSettings;

    public JsonTypeInfo DeviceSettings => MqttInSettingsJson.Default.MqttInDeviceSettings;

    public IEndpointPlan? Compile(EndpointConfig endpoint, ConfigPath path, ConfigErrors errors) =>
        new MqttInCompiler(errors).Compile(endpoint, path);
}
