using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Collector.Drivers.Probe;

/// <summary>Source-generated JSON of the driver's settings.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(ProbeEndpointSettings))]
[JsonSerializable(typeof(ProbeDeviceSettings))]
public sealed partial class ProbeSettingsJson : JsonSerializerContext;
