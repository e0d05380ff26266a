using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

/// <summary>A subscription that was made, with what the server made of the wishes (OPC 10000-4 §5.14.2).</summary>
internal readonly record struct CreateSubscriptionResponse(
    ResponseHeader Header, uint SubscriptionId, double RevisedPublishingIntervalMs, uint RevisedLifetimeCount, uint RevisedKeepAliveCount)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.CreateSubscriptionResponse);
        target.WriteUInt32(SubscriptionId);
        target.WriteDouble(RevisedPublishingIntervalMs);
        target.WriteUInt32(RevisedLifetimeCount);
        target.WriteUInt32(RevisedKeepAliveCount);
    }

    /// <summary>Reads the response; after a bad result there is nothing but the header.</summary>
    public static UaFault TryRead(ReadOnlySpan<byte> message, out CreateSubscriptionResponse response)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        ResponseHeader header = ResponseHeader.Read(ref reader, ServiceIds.CreateSubscriptionResponse);
        if (header.Result.IsBad)
        {
            response = new CreateSubscriptionResponse(header, 0, 0, 0, 0);
            return reader.Fault;
        }
        response = new CreateSubscriptionResponse(header, reader.ReadUInt32(), reader.ReadDouble(), reader.ReadUInt32(), reader.ReadUInt32());
        return reader.End();
    }
}
