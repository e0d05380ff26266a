using System.Security.Cryptography;

namespace EdgeAgent.Protocols.OpcUa.Security;

/// <summary>
/// A named set of algorithms (OPC 10000-7). The deprecated ones (Basic128Rsa15, Basic256) are left out on purpose: their
/// padding and hashes are broken.
/// </summary>
public sealed class SecurityPolicy
{
    private const string UriPrefix = "http://opcfoundation.org/UA/SecurityPolicy#";
    private const string RsaSha256Uri = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    private const string RsaPssSha256Uri = "http://opcfoundation.org/UA/security/rsa-pss-sha2-256";
    private const string RsaOaepUri = "http://www.w3.org/2001/04/xmlenc#rsa-oaep";
    private const string RsaOaepSha256Uri = "http://opcfoundation.org/UA/security/rsa-oaep-sha2-256";

    public static readonly SecurityPolicy None = new("None", RSASignaturePadding.Pkcs1, RSAEncryptionPadding.Pkcs1, 0);

    public static readonly SecurityPolicy Basic256Sha256 =
        new("Basic256Sha256", RSASignaturePadding.Pkcs1, RSAEncryptionPadding.OaepSHA1, encryptingKeyBytes: 32);

    public static readonly SecurityPolicy Aes128Sha256RsaOaep =
        new("Aes128_Sha256_RsaOaep", RSASignaturePadding.Pkcs1, RSAEncryptionPadding.OaepSHA1, encryptingKeyBytes: 16);

    public static readonly SecurityPolicy Aes256Sha256RsaPss =
        new("Aes256_Sha256_RsaPss", RSASignaturePadding.Pss, RSAEncryptionPadding.OaepSHA256, encryptingKeyBytes: 32);

    /// <summary>All policies, the strongest last.</summary>
    public static readonly IReadOnlyList<SecurityPolicy> All = [None, Aes128Sha256RsaOaep, Basic256Sha256, Aes256Sha256RsaPss];

    private SecurityPolicy(string name, RSASignaturePadding signing, RSAEncryptionPadding encrypting, int encryptingKeyBytes)
    {
        Name = name;
        SignaturePadding = signing;
        EncryptionPadding = encrypting;
        EncryptingKeyBytes = encryptingKeyBytes;
    }

    public string Name { get; }

    public string Uri => UriPrefix + Name;

    public bool IsNone => EncryptingKeyBytes == 0;

    /// <summary>The name of the RSA signature in signature data.</summary>
    public string SignatureUri => SignaturePadding == RSASignaturePadding.Pss ? RsaPssSha256Uri : RsaSha256Uri;

    /// <summary>The name of the RSA encryption in identity tokens.</summary>
    public string EncryptionUri => EncryptionPadding == RSAEncryptionPadding.OaepSHA256 ? RsaOaepSha256Uri : RsaOaepUri;

    internal RSASignaturePadding SignaturePadding { get; }

    internal RSAEncryptionPadding EncryptionPadding { get; }

    /// <summary>What OAEP takes of each block: two hashes and two bytes.</summary>
    internal int EncryptionOverheadBytes => EncryptionPadding == RSAEncryptionPadding.OaepSHA256 ? 66 : 42;

    internal int EncryptingKeyBytes { get; }

    internal const int SigningKeyBytes = 32;
    internal const int SignatureBytes = 32;
    internal const int BlockBytes = 16;
    internal const int RsaKeyBitsMin = 2048;
    internal const int RsaKeyBitsMax = 4096;

    /// <summary>The length of the nonces that the keys of a channel are made from.</summary>
    internal int NonceBytes => IsNone ? 0 : 32;

    public static bool TryFind(string? uri, out SecurityPolicy policy)
    {
        foreach (SecurityPolicy candidate in All)
        {
            if (candidate.Uri == uri)
            {
                policy = candidate;
                return true;
            }
        }
        policy = None;
        return false;
    }

    public override string ToString() => Name;
}
