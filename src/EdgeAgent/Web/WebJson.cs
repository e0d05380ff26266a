using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Web;

/// <summary>Source-generated JSON of the read API.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StatusView))]
[JsonSerializable(typeof(IReadOnlyList<DeviceView>))]
[JsonSerializable(typeof(IReadOnlyList<ValueView>))]
[JsonSerializable(typeof(HealthView))]
internal sealed partial class WebJson : JsonSerializerContext;
