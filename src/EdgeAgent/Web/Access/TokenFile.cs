using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EdgeAgent.Web.Access;

/// <summary>The tokens of a hub, in one small file that the program and the command line share.</summary>
/// <remarks>A token reads <c>ea_ID_SECRET</c>. It is shown once, when it is made. Safe for concurrent use; a change by another process is
/// seen at the next question.</remarks>
internal sealed class TokenFile(string dataDirectory, TimeProvider time)
{
    private const string FileName = "tokens.json";
    private const string Prefix = "ea";
    private const int SecretBytes = 32;
    private const int IdBytes = 6;

    private readonly Lock _gate = new();
    private readonly string _path = Path.Combine(dataDirectory, FileName);

    /// <exception cref="IOException">The file cannot be read or is damaged.</exception>
    public IReadOnlyList<AccessToken> List()
    {
        lock (_gate)
        {
            return Read();
        }
    }

    /// <returns>The token in full; nothing can show it again.</returns>
    public (AccessToken Token, string Text) Create(string name, string site, AccessRole role, TimeSpan validFor)
    {
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        string secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        DateTimeOffset now = time.GetUtcNow();
        AccessToken token = new(id, name, site, role, HashOf(secret), now, now + validFor, null);
        lock (_gate)
        {
            Write([.. Read(), token]);
        }

        return (token, $"{Prefix}_{id}_{secret}");
    }

    /// <returns>False when there is no such token, or it was revoked before.</returns>
    public bool Revoke(string id)
    {
        lock (_gate)
        {
            List<AccessToken> tokens = Read();
            int at = tokens.FindIndex(t => t.Id == id && t.RevokedAt is null);
            if (at < 0)
            {
                return false;
            }

            tokens[at] = tokens[at] with { RevokedAt = time.GetUtcNow() };
            Write(tokens);
            return true;
        }
    }

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

    private List<AccessToken> Read()
    {
        try
        {
            return File.Exists(_path) ? JsonSerializer.Deserialize(File.ReadAllBytes(_path), AccessJson.Default.ListAccessToken) ?? [] : [];
        }
        catch (JsonException e)
        {
            throw new IOException($"{_path} is damaged: {e.Message}. Nobody gets in by token until it is put right or removed.", e);
        }
    }

    private void Write(List<AccessToken> tokens)
    {
        Directory.CreateDirectory(dataDirectory);
        string draft = _path + ".new";
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (FileStream stream = new(draft, options))
        {
            stream.Write(JsonSerializer.SerializeToUtf8Bytes(tokens, AccessJson.Default.ListAccessToken));
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, _path, overwrite: true);
    }
}
