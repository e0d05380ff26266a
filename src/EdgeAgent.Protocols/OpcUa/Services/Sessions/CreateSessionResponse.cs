using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services.Discovery;

namespace EdgeAgent.Protocols.OpcUa.Services.Sessions;

/// <summary>A session that was created and must be activated (OPC 10000-4 §5.6.2).</summary>
/// <param name="AuthenticationToken">The secret name to put into every request's header.</param>
internal sealed record CreateSessionResponse(
    ResponseHeader Header, NodeId SessionId, NodeId AuthenticationToken, double RevisedTimeoutMs, byte[]? ServerNonce, byte[]? ServerCertificate,
    EndpointDescription[]? Endpoints, SignatureData Signature, uint RequestBytesMax)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.CreateSessionResponse);
        target.WriteNodeId(SessionId);
        target.WriteNodeId(AuthenticationToken);
        target.WriteDouble(RevisedTimeoutMs);
        target.WriteByteString(ServerNonce);
        target.WriteByteString(ServerCertificate);
        target.WriteEach(Endpoints, static (b, endpoint) => endpoint.Write(b));
        target.WriteInt32(-1); // software certificates were never used
        Signature.Write(target);
        target.WriteUInt32(RequestBytesMax);
    }

    /// <summary>Reads the response; after a bad result there is nothing but the header.</summary>
    public static UaFault TryRead(ReadOnlySpan<byte> message, out CreateSessionResponse response)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        ResponseHeader header = ResponseHeader.Read(ref reader, ServiceIds.CreateSessionResponse);
        if (header.Result.IsBad)
        {
            response = new CreateSessionResponse(header, default, default, 0, null, null, null, default, 0);
            return reader.Fault;
        }
        NodeId session = reader.ReadNodeId();
        NodeId token = reader.ReadNodeId();
        double timeoutMs = reader.ReadDouble();
        byte[]? nonce = reader.ReadByteString();
        byte[]? certificate = reader.ReadByteString();
        EndpointDescription[]? endpoints = reader.ReadEach(EndpointDescription.BytesMin, static (ref UaReader r) => EndpointDescription.Read(ref r));
        for (int certificates = reader.ReadArrayLength(8); certificates > 0 && reader.IsGood; certificates--)
        {
            reader.TryReadByteString(out _);
            reader.TryReadByteString(out _);
        }
        response = new CreateSessionResponse(
            header, session, token, timeoutMs, nonce, certificate, endpoints, SignatureData.Read(ref reader), reader.ReadUInt32());
        return reader.End();
    }
}
