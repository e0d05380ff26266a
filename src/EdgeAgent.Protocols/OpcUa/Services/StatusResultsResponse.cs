using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services;

/// <summary>
/// A response with nothing but a status for each thing asked for: SetPublishingMode, DeleteSubscriptions (OPC 10000-4 §5.14) and
/// DeleteMonitoredItems (§5.13.6).
/// </summary>
internal readonly record struct StatusResultsResponse(ResponseHeader Header, StatusCode[]? Results)
{
    public void Write(UaBuffer target, uint serviceId)
    {
        Header.Write(target, serviceId);
        target.WriteEach(Results, static (b, item) => b.WriteStatusCode(item));
        ResponseTail.Write(target);
    }

    /// <summary>Reads the response; after a bad result there is nothing but the header.</summary>
    public static UaFault TryRead(ReadOnlySpan<byte> message, uint serviceId, out StatusResultsResponse response)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        ResponseHeader header = ResponseHeader.Read(ref reader, serviceId);
        if (header.Result.IsBad)
        {
            response = new StatusResultsResponse(header, null);
            return reader.Fault;
        }
        response = new StatusResultsResponse(header, reader.ReadEach(4, static (ref UaReader r) => r.ReadStatusCode()));
        ResponseTail.Skip(ref reader);
        return reader.End();
    }
}
