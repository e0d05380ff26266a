using System.Text.Json.Serialization;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Store;

/// <summary>JSON that stores keep inside their own fields.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DiscardedDevice[]))]
internal sealed partial class StoreJson : JsonSerializerContext;
