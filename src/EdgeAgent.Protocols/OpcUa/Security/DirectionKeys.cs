using System.Security.Cryptography;

namespace EdgeAgent.Protocols.OpcUa.Security;

/// <summary>The keys of one direction under one token: HMAC-SHA256 and AES-CBC (OPC 10000-6 §6.7.5).</summary>
internal sealed class DirectionKeys : IDisposable
{
    private readonly byte[] _signingKey = new byte[SecurityPolicy.SigningKeyBytes];
    private readonly byte[] _initializationVector = new byte[SecurityPolicy.BlockBytes];
    private readonly Aes _aes = Aes.Create();

    /// <param name="secret">The nonce of the side that receives in this direction.</param>
    /// <param name="seed">The nonce of the side that sends.</param>
    public DirectionKeys(SecurityPolicy policy, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> seed)
    {
        int keyBytes = policy.EncryptingKeyBytes;
        Span<byte> keys = stackalloc byte[SecurityPolicy.SigningKeyBytes + keyBytes + SecurityPolicy.BlockBytes];
        KeyDerivation.PSha256(secret, seed, keys);
        keys[.._signingKey.Length].CopyTo(_signingKey);
        _aes.Key = keys.Slice(_signingKey.Length, keyBytes).ToArray();
        keys[^SecurityPolicy.BlockBytes..].CopyTo(_initializationVector);
        CryptographicOperations.ZeroMemory(keys);
    }

    public void Sign(ReadOnlySpan<byte> data, Span<byte> signature) => HMACSHA256.HashData(_signingKey, data, signature);

    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[SecurityPolicy.SignatureBytes];
        HMACSHA256.HashData(_signingKey, data, expected);
        return CryptographicOperations.FixedTimeEquals(expected, signature);
    }

    /// <summary>Encrypts whole blocks where they lie.</summary>
    public void Encrypt(Span<byte> data) => _aes.EncryptCbc(data, _initializationVector, data, PaddingMode.None);

    /// <summary>Decrypts whole blocks where they lie.</summary>
    public void Decrypt(Span<byte> data) => _aes.DecryptCbc(data, _initializationVector, data, PaddingMode.None);

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_signingKey);
        _aes.Dispose();
    }
}
