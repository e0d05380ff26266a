using System.Security.Cryptography;

namespace EdgeAgent.Protocols.OpcUa.Security;

/// <summary>The keys of one direction under one token: HMAC-SHA256 and AES-CBC (OPC 10000-6 §6.7.5). One user at a time.</summary>
/// <remarks>The keyed hash is kept between chunks, which saves a third to half of the cost of small ones.</remarks>
internal sealed class DirectionKeys : IDisposable
{
    private readonly IncrementalHash _signing;
    private readonly byte[] _initializationVector = new byte[SecurityPolicy.BlockBytes];
    private readonly Aes _aes = Aes.Create();

    /// <param name="secret">The nonce of the side that receives in this direction.</param>
    /// <param name="seed">The nonce of the side that sends.</param>
    public DirectionKeys(SecurityPolicy policy, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> seed)
    {
        int keyBytes = policy.EncryptingKeyBytes;
        Span<byte> keys = stackalloc byte[SecurityPolicy.SigningKeyBytes + keyBytes + SecurityPolicy.BlockBytes];
        KeyDerivation.PSha256(secret, seed, keys);
        _signing = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, keys[..SecurityPolicy.SigningKeyBytes]);
        _aes.SetKey(keys.Slice(SecurityPolicy.SigningKeyBytes, keyBytes));
        keys[^SecurityPolicy.BlockBytes..].CopyTo(_initializationVector);
        CryptographicOperations.ZeroMemory(keys);
    }

    public void Sign(ReadOnlySpan<byte> data, Span<byte> signature)
    {
        _signing.AppendData(data);
        _signing.GetHashAndReset(signature);
    }

    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[SecurityPolicy.SignatureBytes];
        Sign(data, expected);
        return CryptographicOperations.FixedTimeEquals(expected, signature);
    }

    /// <summary>Encrypts whole blocks where they lie.</summary>
    public void Encrypt(Span<byte> data) => _aes.EncryptCbc(data, _initializationVector, data, PaddingMode.None);

    /// <summary>Decrypts whole blocks where they lie.</summary>
    public void Decrypt(Span<byte> data) => _aes.DecryptCbc(data, _initializationVector, data, PaddingMode.None);

    public void Dispose()
    {
        _signing.Dispose();
        _aes.Dispose();
    }
}
