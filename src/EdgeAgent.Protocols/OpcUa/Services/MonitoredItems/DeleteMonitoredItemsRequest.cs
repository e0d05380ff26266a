using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;

/// <summary>Ends the monitoring of items (OPC 10000-4 §5.13.6); a <see cref="StatusResultsResponse"/> answers.</summary>
internal readonly record struct DeleteMonitoredItemsRequest(RequestHeader Header, uint SubscriptionId, uint[] ItemIds)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.DeleteMonitoredItemsRequest);
        target.WriteUInt32(SubscriptionId);
        NumberList.Write(target, ItemIds);
    }

    public static UaFault TryRead(ReadOnlySpan<byte> message, out DeleteMonitoredItemsRequest request)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        request = new DeleteMonitoredItemsRequest(
            RequestHeader.Read(ref reader, ServiceIds.DeleteMonitoredItemsRequest), reader.ReadUInt32(), NumberList.Read(ref reader).ToArray());
        return reader.End();
    }
}
