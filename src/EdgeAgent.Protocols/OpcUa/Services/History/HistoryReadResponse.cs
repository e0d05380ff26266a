using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.History;

/// <summary>The stored values of each node, in the order of the request (OPC 10000-4 §5.11.3).</summary>
internal readonly record struct HistoryReadResponse(ResponseHeader Header, HistoryReadResult[]? Results)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.HistoryReadResponse);
        target.WriteEach(Results, static (b, item) => item.Write(b));
        ResponseTail.Write(target);
    }

    /// <summary>Reads the response; after a bad result there is nothing but the header.</summary>
    public static UaFault TryRead(ReadOnlySpan<byte> message, out HistoryReadResponse response)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        ResponseHeader header = ResponseHeader.Read(ref reader, ServiceIds.HistoryReadResponse);
        if (header.Result.IsBad)
        {
            response = new HistoryReadResponse(header, null);
            return reader.Fault;
        }
        response = new HistoryReadResponse(header, reader.ReadEach(HistoryReadResult.BytesMin, static (ref UaReader r) => HistoryReadResult.Read(ref r)));
        ResponseTail.Skip(ref reader);
        return reader.End();
    }
}
