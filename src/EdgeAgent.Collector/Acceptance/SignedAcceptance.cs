using System.Security.Cryptography;
using System.Text.Json;
using EdgeAgent.Core.Batches;

namespace EdgeAgent.Collector.Acceptance;

/// <summary>A record's bytes and the signature over exactly these.</summary>
public static class SignedAcceptance
{
    /// <summary>Writes and signs a record with the agent's key.</summary>
    public static (byte[] Record, byte[] Signature) Sign(AcceptanceRecord record, IBatchSigner signer)
    {
        byte[] content = [.. JsonSerializer.SerializeToUtf8Bytes(record, AcceptanceJson.Written.AcceptanceRecord), (byte)'\n'];
        byte[] hash = SHA256.HashData(content);
        byte[] signature = new byte[BatchFormat.SignatureBytes];
        signer.Sign(hash, signature);
        var beside = new AcceptanceSignature(AcceptanceRecord.CurrentFormat, Convert.ToHexStringLower(hash), signer.PublicKey.ToArray(), signature);
        return (content, [.. JsonSerializer.SerializeToUtf8Bytes(beside, AcceptanceJson.Written.AcceptanceSignature), (byte)'\n']);
    }

    /// <summary>Checks that a trusted agent signed exactly these bytes, and reads them.</summary>
    /// <param name="record">The record's file.</param>
    /// <param name="signature">The file beside it.</param>
    /// <param name="trusted">SubjectPublicKeyInfo of the keys to rely on, got by another way than the files.</param>
    /// <param name="problem">Why it does not hold; empty when it does.</param>
    /// <returns>Null when it does not hold.</returns>
    public static AcceptanceRecord? Verify(ReadOnlySpan<byte> record, ReadOnlySpan<byte> signature, IEnumerable<byte[]> trusted, out string problem)
    {
        AcceptanceSignature? beside = null;
        AcceptanceRecord? read = null;
        try
        {
            beside = JsonSerializer.Deserialize(signature, AcceptanceJson.Written.AcceptanceSignature);
            read = JsonSerializer.Deserialize(record, AcceptanceJson.Written.AcceptanceRecord);
        }
        catch (JsonException e)
        {
            problem = $"the {(beside is null ? "signature" : "record")} is not in the form {AcceptanceRecord.CurrentFormat}: {e.Message}";
            return null;
        }

        problem = ProblemOf(record, beside, read, trusted);
        return problem.Length == 0 ? read : null;
    }

    private static string ProblemOf(ReadOnlySpan<byte> record, AcceptanceSignature? beside, AcceptanceRecord? read, IEnumerable<byte[]> trusted)
    {
        if (beside?.Format != AcceptanceRecord.CurrentFormat || read?.Format != AcceptanceRecord.CurrentFormat)
        {
            return $"record and signature are not both in the form {AcceptanceRecord.CurrentFormat}";
        }

        if (!trusted.Any(key => key.AsSpan().SequenceEqual(beside.PublicKey)))
        {
            return "it was signed with a key that is none of the trusted ones";
        }

        byte[] hash = SHA256.HashData(record);
        if (!string.Equals(Convert.ToHexStringLower(hash), beside.Sha256, StringComparison.Ordinal))
        {
            return "the record was changed after it was signed";
        }

        using ECDsa key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(beside.PublicKey, out _);
        }
        catch (CryptographicException)
        {
            return "the public key is not usable";
        }

        return key.VerifyHash(hash, beside.Signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation) ? "" : "the signature does not hold";
    }
}
