using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EdgeAgent.Web.Api.OpenApi;

/// <summary>How the OpenAPI document is written.</summary>
[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class OpenApiJson : JsonSerializerContext;
