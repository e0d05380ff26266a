using System.Text.Json.Serialization;
using System.Text.Json;

namespace EdgeAgent.Collector.Drivers.MqttIn;

/// <summary>Source-generated JSON of the driver's settings.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(MqttInEndpointSettings))]
[JsonSerializable(typeof(MqttInDeviceSettings))]
public sealed partial class MqttInSettingsJson : JsonSerializerContext;
