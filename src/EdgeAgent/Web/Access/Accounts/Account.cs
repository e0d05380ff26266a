using System.Text.Json.Serialization;

namespace EdgeAgent.Web.Access.Accounts;

/// <summary>Somebody who may log in.</summary>
/// <param name="Name">As it is typed at the login; upper and lower case are the same.</param>
/// <param name="PasswordHash">See <see cref="Accounts.PasswordHash"/>.</param>
/// <param name="MustChangePassword">Somebody else knows the password, so nothing is open until it is changed.</param>
/// <param name="Stamp">Made anew with each change that ends the account's sessions: password, role, blocking.</param>
/// <param name="BlockedAt">Since when he may not log in; null when he may.</param>
internal sealed record Account(
    string Name,
    AccessRole Role,
    string PasswordHash,
    bool MustChangePassword,
    string Stamp,
    DateTimeOffset CreatedAt,
    DateTimeOffset PasswordChangedAt,
    DateTimeOffset? LastLoginAt = null,
    DateTimeOffset? BlockedAt = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<Account>))]
internal sealed partial class AccountJson : JsonSerializerContext;
