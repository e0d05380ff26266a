using System.Security.Cryptography;
using EdgeAgent.Core.Batches.Wire;

namespace EdgeAgent.Core.Batches;

/// <summary>Reads signed batches. Never throws on any input, and takes no memory that the limits do not allow.</summary>
public static class BatchReader
{
    /// <summary>Reads a batch whole. Says nothing about the signature: see <see cref="Verify"/>.</summary>
    /// <param name="into">Overwritten; usable only when the result is <see cref="BatchReadStatus.Ok"/>.</param>
    public static BatchReadStatus TryRead(ReadOnlySpan<byte> signed, DecodedBatch into, BatchLimits limits) => TryRead(signed, into, limits, withReadings: true);

    /// <summary>Reads everything but the readings, for whoever adds up accounts over many batches; takes a fraction of the time.</summary>
    public static BatchReadStatus TryReadAccounts(ReadOnlySpan<byte> signed, DecodedBatch into, BatchLimits limits) =>
        TryRead(signed, into, limits, withReadings: false);

    /// <summary>Reads only whose batch it is, its place in the chain and its hashes; much cheaper than <see cref="TryRead"/>.</summary>
    public static BatchReadStatus TryReadHeader(ReadOnlySpan<byte> signed, DecodedBatch into, BatchLimits limits)
    {
        into.Clear();
        if (signed.Length > limits.SignedBytesMax)
        {
            return BatchReadStatus.OverLimit;
        }

        if (!TrySplit(signed, out ReadOnlySpan<byte> body, out _))
        {
            return BatchReadStatus.Malformed;
        }

        SHA256.HashData(body, into.HashSpan);
        return BodyReader.Read(body, into, limits, out _, out _);
    }

    /// <summary>Whether the signature over the body is the key's. False for anything that is not a batch.</summary>
    public static bool Verify(ReadOnlySpan<byte> signed, ECDsa publicKey)
    {
        if (!TrySplit(signed, out ReadOnlySpan<byte> body, out ReadOnlySpan<byte> signature))
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[BatchFormat.HashBytes];
        SHA256.HashData(body, hash);
        return publicKey.VerifyHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>Takes the envelope apart: exactly a body and a signature of 64 bytes, in this order, and nothing else.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> signed, out ReadOnlySpan<byte> body, out ReadOnlySpan<byte> signature)
    {
        signature = default;
        var reader = new WireReader(signed);
        return TryField(ref reader, BodyFields.EnvelopeBody, out body)
            && TryField(ref reader, BodyFields.EnvelopeSignature, out signature)
            && reader.AtEnd
            && signature.Length == BatchFormat.SignatureBytes;
    }

    private static BatchReadStatus TryRead(ReadOnlySpan<byte> signed, DecodedBatch into, BatchLimits limits, bool withReadings)
    {
        into.Clear();
        if (signed.Length > limits.SignedBytesMax)
        {
            return BatchReadStatus.OverLimit;
        }

        if (!TrySplit(signed, out ReadOnlySpan<byte> body, out _))
        {
            return BatchReadStatus.Malformed;
        }

        SHA256.HashData(body, into.HashSpan);
        BatchReadStatus status = BodyReader.Read(body, into, limits, out ReadOnlySpan<byte> content, out ReadOnlySpan<byte> definition);
        if (status != BatchReadStatus.Ok)
        {
            return status;
        }

        status = BodyReader.ReadContent(content, into, limits, withReadings);
        return status == BatchReadStatus.Ok && !definition.IsEmpty ? BodyReader.ReadDefinition(definition, into, limits) : status;
    }

    private static bool TryField(scoped ref WireReader reader, int expected, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        return reader.TryReadTag(out int field, out WireType type)
            && field == expected && type == WireType.Bytes
            && reader.TryReadBytes(out bytes);
    }
}
