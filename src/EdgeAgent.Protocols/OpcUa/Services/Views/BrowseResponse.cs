using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Views;

/// <summary>The references of the nodes asked for, in their order; Browse and BrowseNext answer alike (OPC 10000-4 §5.8.2).</summary>
internal sealed record BrowseResponse(ResponseHeader Header, BrowseResult[]? Results)
{
    /// <param name="serviceId">The id of the response to Browse or to BrowseNext.</param>
    public void Write(UaBuffer target, uint serviceId)
    {
        Header.Write(target, serviceId);
        target.WriteEach(Results, static (b, result) => result.Write(b));
        ResponseTail.Write(target);
    }

    /// <summary>Reads the response; after a bad result there is nothing but the header.</summary>
    public static UaFault TryRead(ReadOnlySpan<byte> message, uint serviceId, out BrowseResponse response)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        ResponseHeader header = ResponseHeader.Read(ref reader, serviceId);
        response = new BrowseResponse(header, header.Result.IsBad ? null : reader.ReadEach(BrowseResult.BytesMin, static (ref UaReader r) => BrowseResult.Read(ref r)));
        if (header.Result.IsBad)
        {
            return reader.Fault;
        }
        ResponseTail.Skip(ref reader);
        return reader.End();
    }
}
