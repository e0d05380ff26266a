using System.Security.Cryptography;

namespace EdgeAgent.Core.Batches;

/// <summary>Signs with an ECDSA P-256 key held in memory. Not safe for concurrent use.</summary>
public sealed class EcdsaBatchSigner : IBatchSigner, IDisposable
{
    private readonly ECDsa _key;

    /// <param name="key">A P-256 key with its private part; owned from here on.</param>
    public EcdsaBatchSigner(ECDsa key)
    {
        if (key.KeySize != 256)
        {
            throw new ArgumentException($"The key must be ECDSA P-256, not {key.KeySize} bits.", nameof(key));
        }

        _key = key;
        PublicKey = key.ExportSubjectPublicKeyInfo();
    }

    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>A signer with a new random key, for tests and benchmarks.</summary>
    public static EcdsaBatchSigner CreateEphemeral() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public void Sign(ReadOnlySpan<byte> hash, Span<byte> signature64)
    {
        if (!_key.TrySignHash(hash, signature64, DSASignatureFormat.IeeeP1363FixedFieldConcatenation, out int written)
            || written != BatchFormat.SignatureBytes)
        {
            throw new CryptographicException("The signature did not come out as 64 bytes.");
        }
    }

    public void Dispose() => _key.Dispose();
}
