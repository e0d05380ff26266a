using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;

/// <summary>What became of each item, in the order of the request (OPC 10000-4 §5.13.3).</summary>
internal readonly record struct ModifyMonitoredItemsResponse(ResponseHeader Header, MonitoredItemChangeResult[]? Results)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.ModifyMonitoredItemsResponse);
        target.WriteEach(Results, static (b, item) => item.Write(b));
        ResponseTail.Write(target);
    }

    /// <summary>Reads the response; after a bad result there is nothing but the header.</summary>
    public static UaFault TryRead(ReadOnlySpan<byte> message, out ModifyMonitoredItemsResponse response)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        ResponseHeader header = ResponseHeader.Read(ref reader, ServiceIds.ModifyMonitoredItemsResponse);
        if (header.Result.IsBad)
        {
            response = new ModifyMonitoredItemsResponse(header, null);
            return reader.Fault;
        }
        response = new ModifyMonitoredItemsResponse(
            header, reader.ReadEach(MonitoredItemChangeResult.BytesMin, static (ref UaReader r) => MonitoredItemChangeResult.Read(ref r)));
        ResponseTail.Skip(ref reader);
        return reader.End();
    }
}
