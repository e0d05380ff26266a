using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Discovery;

/// <summary>The servers known at an address (OPC 10000-4 §5.4.2).</summary>
internal sealed record FindServersResponse(ResponseHeader Header, ApplicationDescription[]? Servers)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.FindServersResponse);
        target.WriteEach(Servers, static (b, item) => item.Write(b));
    }

    /// <summary>Reads the response; after a bad result there is nothing but the header.</summary>
    public static UaFault TryRead(ReadOnlySpan<byte> message, out FindServersResponse response)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        ResponseHeader header = ResponseHeader.Read(ref reader, ServiceIds.FindServersResponse);
        response = new FindServersResponse(header, header.Result.IsBad ? null : reader.ReadEach(ApplicationDescription.BytesMin, static (ref UaReader r) => ApplicationDescription.Read(ref r)));
        return header.Result.IsBad ? reader.Fault : reader.End();
    }
}
