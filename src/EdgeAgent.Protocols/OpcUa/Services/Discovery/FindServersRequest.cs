using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Discovery;

/// <summary>Asks who serves at an address (OPC 10000-4 §5.4.2).</summary>
internal sealed record FindServersRequest(RequestHeader Header, string? EndpointUrl, string?[]? LocaleIds, string?[]? ServerUris)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.FindServersRequest);
        target.WriteString(EndpointUrl);
        target.WriteEach(LocaleIds, static (b, id) => b.WriteString(id));
        target.WriteEach(ServerUris, static (b, uri) => b.WriteString(uri));
    }

    public static UaFault TryRead(ReadOnlySpan<byte> message, out FindServersRequest request)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        request = new FindServersRequest(
            RequestHeader.Read(ref reader, ServiceIds.FindServersRequest),
            reader.ReadString(),
            reader.ReadEach(4, static (ref UaReader r) => r.ReadString()),
            reader.ReadEach(4, static (ref UaReader r) => r.ReadString()));
        return reader.End();
    }
}
