using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Collector.Drivers.Cjt188;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(Cjt188EndpointSettings))]
[JsonSerializable(typeof(Cjt188DeviceSettings))]
public sealed partial class Cjt188SettingsJson : JsonSerializerContext;
