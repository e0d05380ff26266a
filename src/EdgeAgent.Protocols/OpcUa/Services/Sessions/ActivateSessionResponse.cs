using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Sessions;

/// <summary>An activated session, and the nonce to sign at its next activation (OPC 10000-4 §5.6.3).</summary>
internal sealed record ActivateSessionResponse(ResponseHeader Header, byte[]? ServerNonce)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.ActivateSessionResponse);
        target.WriteByteString(ServerNonce);
        target.WriteInt32(-1); // no results of software certificates
        ResponseTail.Write(target);
    }

    /// <summary>Reads the response; after a bad result there is nothing but the header.</summary>
    public static UaFault TryRead(ReadOnlySpan<byte> message, out ActivateSessionResponse response)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        ResponseHeader header = ResponseHeader.Read(ref reader, ServiceIds.ActivateSessionResponse);
        response = new ActivateSessionResponse(header, header.Result.IsBad ? null : reader.ReadByteString());
        if (header.Result.IsBad)
        {
            return reader.Fault;
        }
        for (int results = reader.ReadArrayLength(4); results > 0; results--)
        {
            reader.ReadStatusCode();
        }
        ResponseTail.Skip(ref reader);
        return reader.End();
    }
}
