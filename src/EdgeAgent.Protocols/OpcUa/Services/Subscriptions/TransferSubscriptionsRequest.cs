using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

/// <summary>Takes subscriptions of another session over (OPC 10000-4 §5.14.7).</summary>
internal readonly record struct TransferSubscriptionsRequest(RequestHeader Header, uint[] SubscriptionIds, bool SendsInitialValues)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.TransferSubscriptionsRequest);
        NumberList.Write(target, SubscriptionIds);
        target.WriteBoolean(SendsInitialValues);
    }

    public static UaFault TryRead(ReadOnlySpan<byte> message, out TransferSubscriptionsRequest request)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        request = new TransferSubscriptionsRequest(
            RequestHeader.Read(ref reader, ServiceIds.TransferSubscriptionsRequest), NumberList.Read(ref reader).ToArray(), reader.ReadBoolean());
        return reader.End();
    }
}
