using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Views;

/// <summary>Where each browse path leads, in the order of the request (OPC 10000-4 §5.9.4).</summary>
internal readonly record struct TranslateBrowsePathsResponse(ResponseHeader Header, BrowsePathResult[]? Results)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.TranslateBrowsePathsToNodeIdsResponse);
        target.WriteEach(Results, static (b, item) => item.Write(b));
        ResponseTail.Write(target);
    }

    /// <summary>Reads the response; after a bad result there is nothing but the header.</summary>
    public static UaFault TryRead(ReadOnlySpan<byte> message, out TranslateBrowsePathsResponse response)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        ResponseHeader header = ResponseHeader.Read(ref reader, ServiceIds.TranslateBrowsePathsToNodeIdsResponse);
        if (header.Result.IsBad)
        {
            response = new TranslateBrowsePathsResponse(header, null);
            return reader.Fault;
        }
        response = new TranslateBrowsePathsResponse(header, reader.ReadEach(BrowsePathResult.BytesMin, static (ref UaReader r) => BrowsePathResult.Read(ref r)));
        ResponseTail.Skip(ref reader);
        return reader.End();
    }
}
