using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Batches.Wire;

namespace EdgeAgent.Core.Configuration;

/// <summary>Signs messages about configurations and opens them.</summary>
public static class RemoteConfigEnvelope
{
    private const int HashBytes = 32;
    private const int KeyBytesMax = 256;

    /// <summary>Signed with what is meant, so that no signature over anything else can be passed off as one over a configuration.</summary>
    private static ReadOnlySpan<byte> Purpose => "edgeagent configuration 1\n"u8;

    /// <summary>A key as configurations pin it: SHA-256 of its SubjectPublicKeyInfo, 64 hexadecimal digits.</summary>
    public static string FingerprintOf(ReadOnlySpan<byte> publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey));

    /// <remarks>Not for concurrent use of one signer.</remarks>
    public static byte[] Seal(RemoteConfigMessage message, IBatchSigner signer)
    {
        var body = new ByteSink();
        Write(body, message);
        byte[] signature = new byte[BatchFormat.SignatureBytes];
        signer.Sign(HashOf(body.Written), signature);
        var sealedMessage = new ByteSink(body.Length + 256);
        sealedMessage.WriteBytesField(1, body.Written);
        sealedMessage.WriteBytesField(2, signature);
        sealedMessage.WriteBytesField(3, signer.PublicKey.Span);
        return sealedMessage.Written.ToArray();
    }

    /// <summary>Reads a message and checks its signature with the key that it names. Whether that key may say so is the caller's to decide.</summary>
    /// <param name="fingerprint">Of the key that signed it.</param>
    /// <param name="problem">Why it is not taken.</param>
    public static bool TryOpen(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out RemoteConfigMessage? message, out string fingerprint, out string problem)
    {
        message = null;
        fingerprint = "";
        if (bytes.Length > RemoteConfigMessage.BytesMax)
        {
            problem = $"the message has {bytes.Length:N0} bytes; at most {RemoteConfigMessage.BytesMax:N0} are taken";
            return false;
        }

        if (!TrySplit(bytes, out ReadOnlySpan<byte> body, out ReadOnlySpan<byte> signature, out ReadOnlySpan<byte> key) || !TryRead(body, out message))
        {
            problem = "it is no message of this format";
            return false;
        }

        fingerprint = FingerprintOf(key);
        if (!IsSignedBy(key, body, signature))
        {
            message = null;
            problem = "the signature does not fit the message";
            return false;
        }

        problem = "";
        return true;
    }

    private static byte[] HashOf(ReadOnlySpan<byte> body)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Purpose);
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    private static bool IsSignedBy(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> body, ReadOnlySpan<byte> signature)
    {
        try
        {
            using ECDsa key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(publicKey, out int read);
            return read == publicKey.Length && key.KeySize == 256
                && key.VerifyHash(HashOf(body), signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            return false; // The second is what a point that lies on no curve comes to.
        }
    }

    private static void Write(ByteSink body, RemoteConfigMessage message)
    {
        body.WriteVarintField(1, (ulong)message.Kind);
        body.WriteTextField(2, message.Site);
        body.WriteTextField(3, message.Agent);
        body.WriteVarintField(4, (ulong)message.Revision);
        body.WriteVarintField(5, (ulong)message.IssuedMs);
        body.WriteVarintField(6, (ulong)message.ExpiresMs);
        body.WriteBytesField(7, Convert.FromHexString(message.Hash));
        body.WriteBytesField(8, message.Content.Span);
        body.WriteVarintField(9, (ulong)message.Outcome);
        foreach (string problem in message.Problems.Take(RemoteConfigMessage.ProblemsMax))
        {
            body.WriteTextField(10, problem.Length <= RemoteConfigMessage.ProblemBytesMax / 3 ? problem : problem[..(RemoteConfigMessage.ProblemBytesMax / 3 - 1)] + "…");
        }
    }

    private static bool TrySplit(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> body, out ReadOnlySpan<byte> signature, out ReadOnlySpan<byte> key)
    {
        body = signature = key = default;
        var reader = new WireReader(bytes);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out int field, out WireType type) || type != WireType.Bytes || !reader.TryReadBytes(out ReadOnlySpan<byte> part))
            {
                return false;
            }

            switch (field)
            {
                case 1: body = part; break;
                case 2: signature = part; break;
                case 3: key = part; break;
                default: return false;
            }
        }

        return body.Length > 0 && signature.Length == BatchFormat.SignatureBytes && key.Length is > 0 and <= KeyBytesMax;
    }

    private static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out RemoteConfigMessage? message)
    {
        message = null;
        ulong[] numbers = new ulong[10];
        string site = "", agent = "", hash = "";
        byte[] content = [];
        List<string> problems = [];
        var reader = new WireReader(body);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out int field, out WireType type))
            {
                return false;
            }

            bool isNumber = field is 1 or 4 or 5 or 6 or 9;
            ReadOnlySpan<byte> part = default;
            bool read = field is < 1 or > 10 ? reader.TrySkip(type)
                : isNumber ? type == WireType.Varint && reader.TryReadVarint(out numbers[field])
                : type == WireType.Bytes && reader.TryReadBytes(out part);
            string text = "";
            read = read && field switch
            {
                2 => WireText.TryDecode(part, Topics.NameBytesMax, out site),
                3 => WireText.TryDecode(part, Topics.NameBytesMax, out agent),
                7 => part.Length == HashBytes && (hash = Convert.ToHexStringLower(part)).Length > 0,
                8 => (content = part.ToArray()).Length > 0,
                10 => problems.Count < RemoteConfigMessage.ProblemsMax && WireText.TryDecode(part, RemoteConfigMessage.ProblemBytesMax, out text),
                _ => true,
            };
            if (!read)
            {
                return false;
            }

            if (field == 10)
            {
                problems.Add(text);
            }
        }

        if (numbers[1] is < 1 or > 4 || numbers[9] > 5 || Math.Max(numbers[4], Math.Max(numbers[5], numbers[6])) > long.MaxValue
            || !Topics.IsValidName(site) || !Topics.IsValidName(agent))
        {
            return false;
        }

        message = new RemoteConfigMessage
        {
            Kind = (RemoteConfigKind)numbers[1],
            Site = site,
            Agent = agent,
            Revision = (long)numbers[4],
            IssuedMs = (long)numbers[5],
            ExpiresMs = (long)numbers[6],
            Hash = hash,
            Content = content,
            Outcome = (RemoteConfigOutcome)numbers[9],
            Problems = problems,
        };
        return true;
    }
}
