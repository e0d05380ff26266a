using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Discovery;

/// <summary>Asks for the ways to connect to a server (OPC 10000-4 §5.4.4).</summary>
internal sealed record GetEndpointsRequest(RequestHeader Header, string? EndpointUrl, string?[]? LocaleIds, string?[]? ProfileUris)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.GetEndpointsRequest);
        target.WriteString(EndpointUrl);
        target.WriteEach(LocaleIds, static (b, id) => b.WriteString(id));
        target.WriteEach(ProfileUris, static (b, uri) => b.WriteString(uri));
    }

    public static UaFault TryRead(ReadOnlySpan<byte> message, out GetEndpointsRequest request)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        request = new GetEndpointsRequest(
            RequestHeader.Read(ref reader, ServiceIds.GetEndpointsRequest),
            reader.ReadString(),
            reader.ReadEach(4, static (ref UaReader r) => r.ReadString()),
            reader.ReadEach(4, static (ref UaReader r) => r.ReadString()));
        return reader.End();
    }
}
