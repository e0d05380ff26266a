using System.Text.Json.Serialization;

namespace EdgeAgent.Web.Access.Sessions;

/// <summary>Somebody who is logged in.</summary>
/// <param name="IdSha256">Hash of what the cookie holds; who reads the file cannot take the session over.</param>
/// <param name="Stamp">The account's at the login; a session ends when the account has another.</param>
/// <param name="Csrf">What a page has to send along with each change.</param>
internal sealed record Session(string IdSha256, string Account, string Stamp, string Csrf, DateTimeOffset CreatedAt, DateTimeOffset SeenAt, string From);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(List<Session>))]
internal sealed partial class SessionJson : JsonSerializerContext;
