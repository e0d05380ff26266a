using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;

namespace EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;

/// <summary>Asks to monitor items (OPC 10000-4 §5.13.2).</summary>
internal readonly record struct CreateMonitoredItemsRequest(
    RequestHeader Header, uint SubscriptionId, TimestampsToReturn Timestamps, IReadOnlyList<MonitoredItemCreation> Items)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.CreateMonitoredItemsRequest);
        target.WriteUInt32(SubscriptionId);
        target.WriteInt32((int)Timestamps);
        target.WriteEach(Items, static (b, item) => item.Write(b));
    }

    public static UaFault TryRead(ReadOnlySpan<byte> message, out CreateMonitoredItemsRequest request)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        request = new CreateMonitoredItemsRequest(
            RequestHeader.Read(ref reader, ServiceIds.CreateMonitoredItemsRequest), reader.ReadUInt32(), (TimestampsToReturn)reader.ReadInt32(),
            reader.ReadEach(MonitoredItemCreation.BytesMin, static (ref UaReader r) => MonitoredItemCreation.Read(ref r)) ?? []);
        return reader.End();
    }
}
