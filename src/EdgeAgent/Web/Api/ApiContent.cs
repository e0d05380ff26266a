using System.Text.Json.Serialization.Metadata;

namespace EdgeAgent.Web.Api;

/// <summary>What a request brings.</summary>
/// <param name="Type">Null when it is no JSON, or JSON whose form a document of its own describes.</param>
internal sealed record ApiRequest(string ContentType, JsonTypeInfo? Type);

/// <summary>What an answer holds.</summary>
/// <param name="ContentType">Null without a body.</param>
/// <param name="Type">Null when it is no JSON, or JSON whose form a document of its own describes.</param>
internal sealed record ApiAnswer(int Status, string Description, string? ContentType, JsonTypeInfo? Type);
