using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Security;

namespace EdgeAgent.Protocols.OpcUa.Services.Sessions;

/// <summary>The identity token of somebody with a password (OPC 10000-4 §7.41.4).</summary>
internal static class UserNameIdentity
{
    /// <summary>With the password as it is; for channels that hide it themselves.</summary>
    public static ExtensionObject Plain(string? policyId, string name, string password) => Token(policyId, name, Encoding.UTF8.GetBytes(password), null);

    /// <summary>
    /// With the password encrypted for the server together with its nonce, so that it cannot be used a second time: the
    /// encrypted token secret format of RSA policies (§7.41.2.2).
    /// </summary>
    public static ExtensionObject Encrypted(string? policyId, string name, string password, SecurityPolicy policy, PeerCertificate server, ReadOnlySpan<byte> serverNonce)
    {
        int passwordBytes = Encoding.UTF8.GetByteCount(password);
        byte[] clear = new byte[4 + passwordBytes + serverNonce.Length];
        BinaryPrimitives.WriteInt32LittleEndian(clear, passwordBytes + serverNonce.Length);
        Encoding.UTF8.GetBytes(password, clear.AsSpan(4));
        serverNonce.CopyTo(clear.AsSpan(4 + passwordBytes));

        int cipherBlock = server.Key.KeySize / 8;
        int plainBlock = cipherBlock - policy.EncryptionOverheadBytes;
        byte[] secret = new byte[(clear.Length + plainBlock - 1) / plainBlock * cipherBlock];
        for (int from = 0, to = 0; from < clear.Length; from += plainBlock, to += cipherBlock)
        {
            server.Key.Encrypt(clear.AsSpan(from, Math.Min(plainBlock, clear.Length - from)), secret.AsSpan(to, cipherBlock), policy.EncryptionPadding);
        }
        CryptographicOperations.ZeroMemory(clear);
        return Token(policyId, name, secret, policy.EncryptionUri);
    }

    private static ExtensionObject Token(string? policyId, string name, byte[] secret, string? algorithm)
    {
        var body = new UaBuffer(256);
        body.WriteString(policyId);
        body.WriteString(name);
        body.WriteByteString(secret);
        body.WriteString(algorithm);
        return new ExtensionObject(new NodeId(ServiceIds.UserNameIdentityToken), ExtensionEncoding.Binary, body.Written.ToArray());
    }
}
