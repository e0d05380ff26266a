using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Transport;

namespace EdgeAgent.Protocols.OpcUa.Channels;

/// <summary>A chunk under the keys of a token (OPC 10000-6 §6.7.2): signed, then encrypted from the sequence header on.</summary>
internal static class SymmetricChunk
{
    /// <summary>The frame's header, the channel's id and the token's id.</summary>
    public const int HeaderBytes = UaTcpFrame.HeaderBytes + 8;

    /// <summary>How much of a message fits into a chunk.</summary>
    public static int BodyBytesMax(int chunkBytesMax, MessageSecurityMode mode)
    {
        int secured = chunkBytesMax - HeaderBytes;
        int signature = mode >= MessageSecurityMode.Sign ? SecurityPolicy.SignatureBytes : 0;
        return mode == MessageSecurityMode.SignAndEncrypt
            ? secured / SecurityPolicy.BlockBytes * SecurityPolicy.BlockBytes - 1 - signature - SequenceHeader.SizeBytes
            : secured - signature - SequenceHeader.SizeBytes;
    }

    public static void Write(
        UaBuffer target, MessageSecurityMode mode, uint channelId, ChannelToken token, UaTcpMessageType type, ChunkKind kind, SequenceHeader sequence, ReadOnlySpan<byte> body)
    {
        int start = target.Length;
        target.Reserve(UaTcpFrame.HeaderBytes);
        target.WriteUInt32(channelId);
        target.WriteUInt32(token.Id);
        int secured = target.Length;
        sequence.Write(target);
        target.WriteRaw(body);
        int signature = mode >= MessageSecurityMode.Sign ? SecurityPolicy.SignatureBytes : 0;
        if (mode == MessageSecurityMode.SignAndEncrypt)
        {
            int over = (target.Length - secured + 1 + signature) % SecurityPolicy.BlockBytes;
            int padding = over == 0 ? 0 : SecurityPolicy.BlockBytes - over;
            target.Reserve(padding + 1).Fill((byte)padding);
        }
        UaTcpFrame.Write(target.Span[start..], type, kind, target.Length - start + signature);
        if (signature > 0)
        {
            int end = target.Length;
            target.Reserve(signature);
            token.Send!.Sign(target.Span[start..end], target.Span[end..]);
        }
        if (mode == MessageSecurityMode.SignAndEncrypt)
        {
            token.Send!.Encrypt(target.Span[secured..]);
        }
    }

    public static bool TryReadHead(ReadOnlySpan<byte> chunk, out uint channelId, out uint tokenId)
    {
        var reader = new UaReader(chunk[UaTcpFrame.HeaderBytes..], UaDecodeLimits.Default);
        channelId = reader.ReadUInt32();
        tokenId = reader.ReadUInt32();
        return reader.IsGood;
    }

    /// <summary>Decrypts a whole chunk where it lies and checks its signature, then its padding: never the other way round.</summary>
    public static ChannelFault Open(Span<byte> chunk, MessageSecurityMode mode, ChannelToken token, out SequenceHeader sequence, out ReadOnlySpan<byte> body)
    {
        sequence = default;
        body = default;
        int end = chunk.Length;
        int signature = mode >= MessageSecurityMode.Sign ? SecurityPolicy.SignatureBytes : 0;
        if (end < HeaderBytes + SequenceHeader.SizeBytes + signature)
        {
            return ChannelFault.Malformed;
        }
        if (mode == MessageSecurityMode.SignAndEncrypt)
        {
            if ((end - HeaderBytes) % SecurityPolicy.BlockBytes != 0)
            {
                return ChannelFault.Malformed;
            }
            token.Receive!.Decrypt(chunk[HeaderBytes..]);
        }
        end -= signature;
        if (signature > 0 && !token.Receive!.Verify(chunk[..end], chunk[end..]))
        {
            return ChannelFault.SignatureInvalid;
        }
        if (mode == MessageSecurityMode.SignAndEncrypt)
        {
            byte padding = chunk[end - 1];
            end -= padding + 1;
            if (end < HeaderBytes + SequenceHeader.SizeBytes || chunk.Slice(end, padding + 1).ContainsAnyExcept(padding))
            {
                return ChannelFault.PaddingInvalid;
            }
        }
        var reader = new UaReader(chunk[HeaderBytes..end], UaDecodeLimits.Default);
        sequence = SequenceHeader.Read(ref reader);
        body = chunk[(HeaderBytes + SequenceHeader.SizeBytes)..end];
        return ChannelFault.None;
    }
}
