using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;

/// <summary>What became of each item, in the order of the request (OPC 10000-4 §5.13.2).</summary>
internal readonly record struct CreateMonitoredItemsResponse(ResponseHeader Header, MonitoredItemCreationResult[]? Results)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.CreateMonitoredItemsResponse);
        target.WriteEach(Results, static (b, item) => item.Write(b));
        ResponseTail.Write(target);
    }

    /// <summary>Reads the response; after a bad result there is nothing but the header.</summary>
    public static UaFault TryRead(ReadOnlySpan<byte> message, out CreateMonitoredItemsResponse response)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        ResponseHeader header = ResponseHeader.Read(ref reader, ServiceIds.CreateMonitoredItemsResponse);
        if (header.Result.IsBad)
        {
            response = new CreateMonitoredItemsResponse(header, null);
            return reader.Fault;
        }
        response = new CreateMonitoredItemsResponse(
            header, reader.ReadEach(MonitoredItemCreationResult.BytesMin, static (ref UaReader r) => MonitoredItemCreationResult.Read(ref r)));
        ResponseTail.Skip(ref reader);
        return reader.End();
    }
}
