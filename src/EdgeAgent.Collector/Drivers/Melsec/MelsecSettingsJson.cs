using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Collector.Drivers.Melsec;

/// <summary>Source-generated JSON of the driver's settings.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(MelsecEndpointSettings))]
[JsonSerializable(typeof(MelsecDeviceSettings))]
public sealed partial class MelsecSettingsJson : JsonSerializerContext;
