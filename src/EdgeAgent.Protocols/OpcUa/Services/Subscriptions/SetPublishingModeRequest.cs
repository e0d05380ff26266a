using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

/// <summary>Switches the notifications of subscriptions on or off (OPC 10000-4 §5.14.4); a <see cref="StatusResultsResponse"/> answers.</summary>
internal readonly record struct SetPublishingModeRequest(RequestHeader Header, bool IsEnabled, uint[] SubscriptionIds)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.SetPublishingModeRequest);
        target.WriteBoolean(IsEnabled);
        NumberList.Write(target, SubscriptionIds);
    }

    public static UaFault TryRead(ReadOnlySpan<byte> message, out SetPublishingModeRequest request)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        request = new SetPublishingModeRequest(
            RequestHeader.Read(ref reader, ServiceIds.SetPublishingModeRequest), reader.ReadBoolean(), NumberList.Read(ref reader).ToArray());
        return reader.End();
    }
}
