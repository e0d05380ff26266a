using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Assessment.RulePacks;

/// <summary>How rule packs are read: camel case, nothing unknown, nothing missing.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(RulePack))]
internal sealed partial class RulePackJson : JsonSerializerContext;
