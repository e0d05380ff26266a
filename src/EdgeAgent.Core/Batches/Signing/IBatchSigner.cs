namespace EdgeAgent.Core.Batches;

/// <summary>Signs batch hashes with the agent's key, wherever the key lives (file, TPM, HSM).</summary>
public interface IBatchSigner
{
    /// <summary>Signs a SHA-256 hash with ECDSA P-256; the signature is r and s, 32 bytes each (IEEE P1363).</summary>
    void Sign(ReadOnlySpan<byte> hash, Span<byte> signature64);

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    ReadOnlyMemory<byte> PublicKey { get; }
}
