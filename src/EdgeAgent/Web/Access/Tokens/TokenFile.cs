using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EdgeAgent.Web.Access.Tokens;

/// <summary>The API tokens, in one small file that the program and the command line share.</summary>
/// <remarks>A token reads <c>ea_ID_SECRET</c>. It is shown once, when it is made. Safe for concurrent use; a change by another process is
/// seen at the next question.</remarks>
internal sealed class TokenFile(string dataDirectory, TimeProvider time)
{
    private const string Prefix = "ea";
    private const int SecretBytes = 32;
    private const int IdBytes = 6;

    private readonly PrivateFile<AccessToken> _file = new(
        Path.Combine(dataDirectory, "tokens.json"), AccessJson.Default.ListAccessToken, "Nobody gets in by token until it is put right or removed.");

    /// <exception cref="IOException">The file cannot be read or is damaged.</exception>
    public IReadOnlyList<AccessToken> List() => _file.Read();

    /// <param name="permissions">What of the role's permissions it has; null is all of them.</param>
    /// <returns>The token in full; nothing can show it again.</returns>
    public (AccessToken Token, string Text) Create(string name, string site, AccessRole role, TimeSpan validFor, IReadOnlyList<AccessPermission>? permissions = null)
    {
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        string secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        DateTimeOffset now = time.GetUtcNow();
        AccessToken token = new(id, name, site, role, HashOf(secret), now, now + validFor, null, permissions);
        _file.Update(tokens => [.. tokens, token]);
        return (token, $"{Prefix}_{id}_{secret}");
    }

    /// <returns>False when there is no such token, or it was revoked before.</returns>
    public bool Revoke(string id) => _file.Update<bool>(tokens =>
    {
        List<AccessToken> changed = [.. tokens];
        int at = changed.FindIndex(t => t.Id == id && t.RevokedAt is null);
        if (at < 0)
        {
            return (null, false);
        }

        changed[at] = changed[at] with { RevokedAt = time.GetUtcNow() };
        return (changed, true);
    });

    /// <summary>Whose token it is; null when it is none, has expired or was revoked.</summary>
    public AccessToken? Find(string text)
    {
        if (text.Split('_', 3) is not [Prefix, var id, var secret])
        {
            return null;
        }

        byte[] hash = Encoding.ASCII.GetBytes(HashOf(secret));
        AccessToken? token = List().FirstOrDefault(t => t.Id == id);
        return token is not null && CryptographicOperations.FixedTimeEquals(hash, Encoding.ASCII.GetBytes(token.SecretSha256)) && token.IsValidAt(time.GetUtcNow()) ? token : null;
    }

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
