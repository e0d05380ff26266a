using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

/// <summary>Gives a subscription new intervals (OPC 10000-4 §5.14.3).</summary>
internal readonly record struct ModifySubscriptionRequest(
    RequestHeader Header, uint SubscriptionId, double PublishingIntervalMs, uint LifetimeCount, uint KeepAliveCount, uint NotificationsPerPublishMax, byte Priority)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.ModifySubscriptionRequest);
        target.WriteUInt32(SubscriptionId);
        target.WriteDouble(PublishingIntervalMs);
        target.WriteUInt32(LifetimeCount);
        target.WriteUInt32(KeepAliveCount);
        target.WriteUInt32(NotificationsPerPublishMax);
        target.WriteByte(Priority);
    }

    public static UaFault TryRead(ReadOnlySpan<byte> message, out ModifySubscriptionRequest request)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        request = new ModifySubscriptionRequest(
            RequestHeader.Read(ref reader, ServiceIds.ModifySubscriptionRequest), reader.ReadUInt32(), reader.ReadDouble(), reader.ReadUInt32(),
            reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadByte());
        return reader.End();
    }
}
