using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Services;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>Tells who activates a session: nobody in particular, or a user by name and password (OPC 10000-4 §7.41).</summary>
internal static class UserCheck
{
    public static StatusCode Identify(ServerCore core, SecurityPolicy channelPolicy, ReadOnlySpan<byte> serverNonce, ExtensionObject token, out string? user)
    {
        user = null;
        if (token.TypeId.IsNull || token.TypeId == new NodeId(ServiceIds.AnonymousIdentityToken))
        {
            return core.Options.AllowsAnonymous ? StatusCodes.Good : StatusCodes.BadIdentityTokenRejected;
        }
        if (token.TypeId != new NodeId(UserNameIdentityToken) || token.Body is null)
        {
            return StatusCodes.BadIdentityTokenInvalid;
        }
        var reader = new UaReader(token.Body, UaDecodeLimits.Default);
        reader.SkipString();
        string name = reader.ReadString() ?? "";
        byte[] secret = reader.ReadByteString() ?? [];
        string? algorithm = reader.ReadString();
        if (reader.End() != UaFault.None)
        {
            return StatusCodes.BadIdentityTokenInvalid;
        }
        if (!string.IsNullOrEmpty(algorithm))
        {
            SecurityPolicy policy = channelPolicy.IsNone && core.Options.Policies.Count > 0 ? core.Options.Policies[0] : channelPolicy;
            if (core.Own is null || algorithm != policy.EncryptionUri || !TryDecrypt(core.Own.Key, policy, secret, serverNonce, out secret))
            {
                return StatusCodes.BadIdentityTokenInvalid;
            }
        }
        bool isKnown = core.Options.Users.TryGetValue(name, out string? password)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(password), secret);
        user = isKnown ? name : null;
        return isKnown ? StatusCodes.Good : StatusCodes.BadUserAccessDenied;
    }

    // The number in NodeIds.csv of the binary encoding.
    private const uint UserNameIdentityToken = 324;

    // Blocks of RSA; inside, the length of what follows, the password, and the server's last nonce (§7.41.2.2).
    private static bool TryDecrypt(RSA key, SecurityPolicy policy, byte[] encrypted, ReadOnlySpan<byte> nonce, out byte[] password)
    {
        password = [];
        int block = key.KeySize / 8;
        if (encrypted.Length == 0 || encrypted.Length % block != 0)
        {
            return false;
        }
        var clear = new List<byte>(encrypted.Length);
        try
        {
            for (int at = 0; at < encrypted.Length; at += block)
            {
                clear.AddRange(key.Decrypt(encrypted.AsSpan(at, block), policy.EncryptionPadding));
            }
        }
        catch (CryptographicException)
        {
            return false;
        }
        byte[] bytes = [.. clear];
        int length = bytes.Length < 4 ? -1 : BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length < nonce.Length || length > bytes.Length - 4 || !bytes.AsSpan(4, length)[^nonce.Length..].SequenceEqual(nonce))
        {
            return false;
        }
        password = bytes[4..(4 + length - nonce.Length)];
        return true;
    }
}
