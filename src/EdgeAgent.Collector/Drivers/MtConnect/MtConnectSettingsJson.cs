using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Collector.Drivers.MtConnect;

/// <summary>Source-generated JSON of the driver's settings.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(MtConnectEndpointSettings))]
[JsonSerializable(typeof(MtConnectDeviceSettings))]
public sealed partial class MtConnectSettingsJson : JsonSerializerContext;
