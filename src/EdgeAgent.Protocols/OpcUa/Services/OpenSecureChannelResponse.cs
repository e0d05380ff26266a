using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services;

/// <summary>The token of an opened or renewed channel (OPC 10000-4 §5.5.2).</summary>
internal readonly record struct OpenSecureChannelResponse(
    ResponseHeader Header, uint ChannelId, uint TokenId, DateTime CreatedAt, uint RevisedLifetimeMs, byte[] ServerNonce)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.OpenSecureChannelResponse);
        target.WriteUInt32(0); // the version of the protocol
        target.WriteUInt32(ChannelId);
        target.WriteUInt32(TokenId);
        target.WriteDateTime(CreatedAt);
        target.WriteUInt32(RevisedLifetimeMs);
        target.WriteByteString(ServerNonce.Length == 0 ? null : ServerNonce);
    }

    /// <summary>Reads the response; a bad refusal stands for a response that says nothing else.</summary>
    public static UaFault TryRead(ReadOnlySpan<byte> message, out OpenSecureChannelResponse response, out StatusCode refusal)
    {
        response = default;
        var reader = new UaReader(message, UaDecodeLimits.Default);
        ResponseHeader header = ResponseHeader.Read(ref reader, ServiceIds.OpenSecureChannelResponse);
        refusal = header.Result;
        if (refusal.IsBad)
        {
            return reader.Fault;
        }
        reader.ReadUInt32();
        response = new OpenSecureChannelResponse(
            header, reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadDateTime(), reader.ReadUInt32(), reader.ReadByteString() ?? []);
        return reader.End();
    }
}
