using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Collector.Drivers.OpcUa;

/// <summary>Source-generated JSON of the driver's settings.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(OpcUaEndpointSettings))]
[JsonSerializable(typeof(OpcUaDeviceSettings))]
public sealed partial class OpcUaSettingsJson : JsonSerializerContext;
