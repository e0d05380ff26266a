using System.Text.Json.Serialization;

namespace EdgeAgent.Web.Assess;

/// <summary>One pack of the list, without where it lies.</summary>
internal sealed record PackView(string Id, DateTimeOffset AsOf, DateTimeOffset CreatedAt, string ManifestSha256, string? Previous, long Bytes);

/// <summary>What an assessor sends to ask for a live challenge.</summary>
/// <param name="Expected">The value that the tag must take; left out: any other than now.</param>
/// <param name="LimitSeconds">How long to wait, at most an hour; 600 when left out.</param>
internal sealed record ChallengeBody(
    string Agent, string Device, string Tag, string Action, string? Asset = null, string? Expected = null, int LimitSeconds = 600, string? Note = null);

/// <summary>The answer: by this number the log has the request and what came of it.</summary>
internal sealed record ChallengeTicket(long Challenge, DateTimeOffset RequestedAt, string Before);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PackView))]
[JsonSerializable(typeof(ChallengeBody))]
[JsonSerializable(typeof(ChallengeTicket))]
internal sealed partial class AssessJson : JsonSerializerContext;
