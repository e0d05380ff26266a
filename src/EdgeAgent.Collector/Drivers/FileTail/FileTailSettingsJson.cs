using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Collector.Drivers.FileTail;

/// <summary>Source-generated JSON of the driver's settings and of its positions.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(FileTailEndpointSettings))]
[JsonSerializable(typeof(FileTailDeviceSettings))]
[JsonSerializable(typeof(List<TailPosition>))]
public sealed partial class FileTailSettingsJson : JsonSerializerContext;
