using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

/// <summary>Ends subscriptions (OPC 10000-4 §5.14.8); a <see cref="StatusResultsResponse"/> answers.</summary>
internal readonly record struct DeleteSubscriptionsRequest(RequestHeader Header, uint[] SubscriptionIds)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.DeleteSubscriptionsRequest);
        NumberList.Write(target, SubscriptionIds);
    }

    public static UaFault TryRead(ReadOnlySpan<byte> message, out DeleteSubscriptionsRequest request)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        request = new DeleteSubscriptionsRequest(
            RequestHeader.Read(ref reader, ServiceIds.DeleteSubscriptionsRequest), NumberList.Read(ref reader).ToArray());
        return reader.End();
    }
}
