using System.Text.Json.Serialization;

namespace EdgeAgent.Web.Access.Tokens;

/// <summary>A token as it is kept: never the secret, only its hash.</summary>
/// <param name="Id">Public part, by which it is listed and revoked.</param>
/// <param name="Name">Whom it was made for; stands in the audit log.</param>
/// <param name="Site">The only site that it opens.</param>
/// <param name="SecretSha256">Hash of the secret, which has 256 random bits.</param>
/// <param name="Permissions">What of its role's permissions it has; null is all of them.</param>
internal sealed record AccessToken(
    string Id,
    string Name,
    string Site,
    AccessRole Role,
    string SecretSha256,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? RevokedAt,
    IReadOnlyList<AccessPermission>? Permissions = null)
{
    public bool IsValidAt(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<AccessToken>))]
internal sealed partial class AccessJson : JsonSerializerContext;
