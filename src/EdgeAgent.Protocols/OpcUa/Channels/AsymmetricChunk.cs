using System.Security.Cryptography;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Transport;

namespace EdgeAgent.Protocols.OpcUa.Channels;

/// <summary>The chunk that opens a channel: signed with our key, encrypted with the peer's (OPC 10000-6 §6.7.2 and §6.7.4).</summary>
internal static class AsymmetricChunk
{
    // Keys above 2048 bits need a second byte for the number of padding bytes.
    private const int LongPaddingAboveBytes = 256;
    private const int KeyBytesMax = SecurityPolicy.RsaKeyBitsMax / 8;

    public static void Write(
        UaBuffer target, SecurityPolicy policy, OwnCertificate? own, PeerCertificate? peer, uint channelId, SequenceHeader sequence, ReadOnlySpan<byte> body)
    {
        int start = target.Length;
        target.Reserve(UaTcpFrame.HeaderBytes);
        target.WriteUInt32(channelId);
        target.WriteString(policy.Uri);
        target.WriteByteString(policy.IsNone ? null : own!.Der);
        target.WriteByteString(policy.IsNone ? null : peer!.Thumbprint);
        int secured = target.Length;
        sequence.Write(target);
        target.WriteRaw(body);
        if (policy.IsNone)
        {
            UaTcpFrame.Write(target.Span[start..], UaTcpMessageType.OpenSecureChannel, ChunkKind.Final, target.Length - start);
            return;
        }

        int cipherBlock = peer!.Key.KeySize / 8;
        int plainBlock = cipherBlock - policy.EncryptionOverheadBytes;
        int signatureBytes = own!.Key.KeySize / 8;
        bool hasLongPadding = cipherBlock > LongPaddingAboveBytes;
        int plain = target.Length - secured + (hasLongPadding ? 2 : 1) + signatureBytes;
        int padding = (plainBlock - plain % plainBlock) % plainBlock;
        target.Reserve(padding + 1).Fill((byte)padding);
        if (hasLongPadding)
        {
            target.WriteByte((byte)(padding >> 8));
        }
        int blocks = (plain + padding) / plainBlock;
        // What is signed has the size that the chunk will have when it is encrypted.
        UaTcpFrame.Write(target.Span[start..], UaTcpMessageType.OpenSecureChannel, ChunkKind.Final, secured - start + blocks * cipherBlock);
        byte[] signature = own.Key.SignData(target.Span[start..], HashAlgorithmName.SHA256, policy.SignaturePadding);
        target.WriteRaw(signature);

        byte[] clear = target.Span[secured..].ToArray();
        target.Truncate(secured);
        for (int block = 0; block < blocks; block++)
        {
            peer.Key.Encrypt(clear.AsSpan(block * plainBlock, plainBlock), target.Reserve(cipherBlock), policy.EncryptionPadding);
        }
    }

    /// <summary>What a server needs to know before it can open a channel: the policy and the certificate that the client uses.</summary>
    public static bool TryReadHead(ReadOnlySpan<byte> chunk, out uint channelId, out string? policyUri, out byte[]? senderCertificate)
    {
        var reader = new UaReader(chunk[UaTcpFrame.HeaderBytes..], UaDecodeLimits.Default);
        channelId = reader.ReadUInt32();
        policyUri = reader.ReadString();
        senderCertificate = reader.ReadByteString();
        return reader.IsGood;
    }

    /// <summary>Decrypts a whole chunk where it lies and checks everything but its sequence number and channel.</summary>
    public static ChannelFault Open(
        Span<byte> chunk, SecurityPolicy policy, OwnCertificate? own, PeerCertificate? peer, out uint channelId, out SequenceHeader sequence, out ReadOnlySpan<byte> body)
    {
        sequence = default;
        body = default;
        var reader = new UaReader(chunk[UaTcpFrame.HeaderBytes..], UaDecodeLimits.Default);
        channelId = reader.ReadUInt32();
        string? uri = reader.ReadString();
        bool hasCertificate = reader.TryReadByteString(out ReadOnlySpan<byte> certificate);
        bool hasThumbprint = reader.TryReadByteString(out ReadOnlySpan<byte> thumbprint);
        int secured = UaTcpFrame.HeaderBytes + reader.Position;
        if (!reader.IsGood)
        {
            return ChannelFault.Malformed;
        }
        if (uri != policy.Uri)
        {
            return ChannelFault.PolicyMismatch;
        }
        int end = chunk.Length;
        if (!policy.IsNone)
        {
            // The certificate may come with its issuers behind it.
            if (!hasCertificate || !certificate.StartsWith(peer!.Der.Span))
            {
                return ChannelFault.CertificateMismatch;
            }
            if (!hasThumbprint || !thumbprint.SequenceEqual(own!.Thumbprint))
            {
                return ChannelFault.ThumbprintMismatch;
            }
            ChannelFault fault = Decrypt(chunk, secured, policy, own, peer, out end);
            if (fault != ChannelFault.None)
            {
                return fault;
            }
        }
        var inner = new UaReader(chunk[secured..end], UaDecodeLimits.Default);
        sequence = SequenceHeader.Read(ref inner);
        body = inner.IsGood ? chunk[(secured + SequenceHeader.SizeBytes)..end] : default;
        return inner.IsGood ? ChannelFault.None : ChannelFault.Malformed;
    }

    private static ChannelFault Decrypt(Span<byte> chunk, int secured, SecurityPolicy policy, OwnCertificate own, PeerCertificate peer, out int end)
    {
        end = secured;
        int cipherBlock = own.Key.KeySize / 8;
        int signatureBytes = peer.Key.KeySize / 8;
        if (chunk.Length == secured || (chunk.Length - secured) % cipherBlock != 0)
        {
            return ChannelFault.Malformed;
        }
        Span<byte> clear = stackalloc byte[KeyBytesMax];
        for (int at = secured; at < chunk.Length; at += cipherBlock)
        {
            try
            {
                if (!own.Key.TryDecrypt(chunk.Slice(at, cipherBlock), clear, policy.EncryptionPadding, out int count))
                {
                    return ChannelFault.DecryptionFailed;
                }
                // The clear text is shorter, so that it never reaches the blocks that are still to come.
                clear[..count].CopyTo(chunk[end..]);
                end += count;
            }
            catch (CryptographicException)
            {
                return ChannelFault.DecryptionFailed;
            }
        }
        end -= signatureBytes;
        if (end < secured + SequenceHeader.SizeBytes)
        {
            return ChannelFault.Malformed;
        }
        if (!peer.Key.VerifyData(chunk[..end], chunk.Slice(end, signatureBytes), HashAlgorithmName.SHA256, policy.SignaturePadding))
        {
            return ChannelFault.SignatureInvalid;
        }
        return TryRemovePadding(chunk, secured + SequenceHeader.SizeBytes, cipherBlock > LongPaddingAboveBytes, ref end)
            ? ChannelFault.None
            : ChannelFault.PaddingInvalid;
    }

    private static bool TryRemovePadding(ReadOnlySpan<byte> chunk, int start, bool hasLongPadding, ref int end)
    {
        int padding = 0;
        if (hasLongPadding)
        {
            padding = chunk[--end] << 8;
        }
        if (end <= start)
        {
            return false;
        }
        // Without padding the last byte is the number itself, which is 0; with padding every byte repeats it.
        byte low = chunk[end - 1];
        padding |= low;
        end -= padding + 1;
        return end >= start && !chunk.Slice(end, padding + 1).ContainsAnyExcept(low);
    }
}
