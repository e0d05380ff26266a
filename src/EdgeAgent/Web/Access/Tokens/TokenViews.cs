namespace EdgeAgent.Web.Access.Tokens;

/// <summary>A token without its secret.</summary>
/// <param name="Permissions">What of its role's permissions it has; null is all of them.</param>
/// <param name="Valid">Whether it opens anything now.</param>
internal sealed record TokenView(
    string Id, string Name, AccessRole Role, IReadOnlyList<AccessPermission>? Permissions, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt, bool Valid)
{
    public static TokenView Of(AccessToken token, DateTimeOffset now) =>
        new(token.Id, token.Name, token.Role, token.Permissions, token.CreatedAt, token.ExpiresAt, token.RevokedAt, token.IsValidAt(now));
}

/// <param name="Name">Whom or what it is for; stands in the audit log.</param>
/// <param name="Days">After how many days it ends, 1 to 400.</param>
/// <param name="Permissions">What of the role's permissions it gets; left out, all of them.</param>
internal sealed record NewTokenBody(string Name, AccessRole Role, int Days = 14, IReadOnlyList<AccessPermission>? Permissions = null);

/// <summary>A new token.</summary>
/// <param name="Text">The token in full. Nothing can show it again.</param>
internal sealed record MadeToken(string Text, TokenView Token);
