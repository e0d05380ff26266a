using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Core.Batches;

namespace EdgeAgent.Assessment.Baseline;

/// <summary>A baseline with the bytes that were signed, so that nobody can change it afterwards unseen.</summary>
/// <remarks>The file is one JSON object: <c>baseline</c> holds the snapshot's UTF-8 JSON in base64, <c>publicKey</c> the signer's key
/// (SubjectPublicKeyInfo) and <c>signature</c> ECDSA P-256 over SHA-256 of the bytes (r and s, 32 bytes each), both in base64.</remarks>
public sealed class SignedBaseline
{
    private SignedBaseline(BaselineSnapshot snapshot, byte[] content, byte[] publicKey, byte[] signature)
    {
        (Snapshot, Content, PublicKey, Signature) = (snapshot, content, publicKey, signature);
    }

    public BaselineSnapshot Snapshot { get; }

    /// <summary>The signed bytes.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>The signer's key, SubjectPublicKeyInfo.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>Hash of the signed bytes, lower-case hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content.Span));

    /// <param name="key">The hub's key.</param>
    public static SignedBaseline Sign(BaselineSnapshot snapshot, IBatchSigner key)
    {
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(snapshot, BaselineJson.Context.BaselineSnapshot);
        byte[] signature = new byte[64];
        key.Sign(SHA256.HashData(content), signature);
        return new SignedBaseline(snapshot, content, key.PublicKey.ToArray(), signature);
    }

    /// <summary>The file.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(
        new BaselineFile(Convert.ToBase64String(Content.Span), Convert.ToBase64String(PublicKey.Span), Convert.ToBase64String(Signature.Span)), BaselineJson.Context.BaselineFile);

    /// <summary>Reads a file and checks its signature.</summary>
    /// <param name="trustedKey">The hub's public key, SubjectPublicKeyInfo; null accepts any signer, which proves only that the file is whole.</param>
    /// <exception cref="InvalidDataException">It is no baseline, was changed, or was signed by somebody else.</exception>
    public static SignedBaseline Read(ReadOnlySpan<byte> file, ReadOnlySpan<byte> trustedKey)
    {
        try
        {
            BaselineFile parts = JsonSerializer.Deserialize(file, BaselineJson.Context.BaselineFile) ?? throw new InvalidDataException("The baseline is empty.");
            byte[] content = Convert.FromBase64String(parts.Baseline);
            byte[] key = Convert.FromBase64String(parts.PublicKey);
            byte[] signature = Convert.FromBase64String(parts.Signature);
            if (!trustedKey.IsEmpty && !trustedKey.SequenceEqual(key))
            {
                throw new InvalidDataException("The baseline was signed by another key than this hub's.");
            }

            using ECDsa verifier = ECDsa.Create();
            verifier.ImportSubjectPublicKeyInfo(key, out _);
            if (!verifier.VerifyHash(SHA256.HashData(content), signature))
            {
                throw new InvalidDataException("The baseline's signature does not hold: it was changed after it was signed.");
            }

            BaselineSnapshot snapshot = JsonSerializer.Deserialize(content, BaselineJson.Context.BaselineSnapshot) ?? throw new InvalidDataException("The baseline is empty.");
            return snapshot.Format == BaselineSnapshot.CurrentFormat
                ? new SignedBaseline(snapshot, content, key, signature)
                : throw new InvalidDataException($"The baseline has format {snapshot.Format}, and this program reads {BaselineSnapshot.CurrentFormat}.");
        }
        catch (Exception e) when (e is JsonException or FormatException or CryptographicException)
        {
            throw new InvalidDataException($"This is no baseline: {e.Message}", e);
        }
    }
}

/// <summary>The file of a signed baseline.</summary>
internal sealed record BaselineFile(string Baseline, string PublicKey, string Signature);

/// <summary>Serialization code for baselines, generated at build time.</summary>
[JsonSerializable(typeof(BaselineFile))]
[JsonSerializable(typeof(BaselineSnapshot))]
internal sealed partial class BaselineJsonContext : JsonSerializerContext;

/// <summary>How baselines are written.</summary>
internal static class BaselineJson
{
    public static readonly BaselineJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
    });
}
