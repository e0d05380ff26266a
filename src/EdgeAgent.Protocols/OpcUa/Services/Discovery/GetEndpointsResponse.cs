using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Discovery;

/// <summary>The ways to connect to a server (OPC 10000-4 §5.4.4).</summary>
internal sealed record GetEndpointsResponse(ResponseHeader Header, EndpointDescription[]? Endpoints)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.GetEndpointsResponse);
        target.WriteEach(Endpoints, static (b, item) => item.Write(b));
    }

    /// <summary>Reads the response; after a bad result there is nothing but the header.</summary>
    public static UaFault TryRead(ReadOnlySpan<byte> message, out GetEndpointsResponse response)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        ResponseHeader header = ResponseHeader.Read(ref reader, ServiceIds.GetEndpointsResponse);
        response = new GetEndpointsResponse(header, header.Result.IsBad ? null : reader.ReadEach(EndpointDescription.BytesMin, static (ref UaReader r) => EndpointDescription.Read(ref r)));
        return header.Result.IsBad ? reader.Fault : reader.End();
    }
}
