using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;

namespace EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;

/// <summary>Gives items new parameters (OPC 10000-4 §5.13.3).</summary>
internal readonly record struct ModifyMonitoredItemsRequest(
    RequestHeader Header, uint SubscriptionId, TimestampsToReturn Timestamps, IReadOnlyList<MonitoredItemChange> Items)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.ModifyMonitoredItemsRequest);
        target.WriteUInt32(SubscriptionId);
        target.WriteInt32((int)Timestamps);
        target.WriteEach(Items, static (b, item) => item.Write(b));
    }

    public static UaFault TryRead(ReadOnlySpan<byte> message, out ModifyMonitoredItemsRequest request)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        request = new ModifyMonitoredItemsRequest(
            RequestHeader.Read(ref reader, ServiceIds.ModifyMonitoredItemsRequest), reader.ReadUInt32(), (TimestampsToReturn)reader.ReadInt32(),
            reader.ReadEach(MonitoredItemChange.BytesMin, static (ref UaReader r) => MonitoredItemChange.Read(ref r)) ?? []);
        return reader.End();
    }
}
