using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

/// <summary>Asks for a subscription (OPC 10000-4 §5.14.2).</summary>
/// <param name="LifetimeCount">After so many publishing intervals without a Publish request the server drops the subscription.</param>
/// <param name="KeepAliveCount">After so many publishing intervals without a notification the server says that it is alive.</param>
/// <param name="NotificationsPerPublishMax">0 for no limit.</param>
internal readonly record struct CreateSubscriptionRequest(
    RequestHeader Header, double PublishingIntervalMs, uint LifetimeCount, uint KeepAliveCount, uint NotificationsPerPublishMax, bool PublishingEnabled, byte Priority)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.CreateSubscriptionRequest);
        target.WriteDouble(PublishingIntervalMs);
        target.WriteUInt32(LifetimeCount);
        target.WriteUInt32(KeepAliveCount);
        target.WriteUInt32(NotificationsPerPublishMax);
        target.WriteBoolean(PublishingEnabled);
        target.WriteByte(Priority);
    }

    public static UaFault TryRead(ReadOnlySpan<byte> message, out CreateSubscriptionRequest request)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        request = new CreateSubscriptionRequest(
            RequestHeader.Read(ref reader, ServiceIds.CreateSubscriptionRequest), reader.ReadDouble(), reader.ReadUInt32(), reader.ReadUInt32(),
            reader.ReadUInt32(), reader.ReadBoolean(), reader.ReadByte());
        return reader.End();
    }
}
