using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

/// <summary>What the server made of a subscription's new intervals (OPC 10000-4 §5.14.3).</summary>
internal readonly record struct ModifySubscriptionResponse(
    ResponseHeader Header, double RevisedPublishingIntervalMs, uint RevisedLifetimeCount, uint RevisedKeepAliveCount)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.ModifySubscriptionResponse);
        target.WriteDouble(RevisedPublishingIntervalMs);
        target.WriteUInt32(RevisedLifetimeCount);
        target.WriteUInt32(RevisedKeepAliveCount);
    }

    /// <summary>Reads the response; after a bad result there is nothing but the header.</summary>
    public static UaFault TryRead(ReadOnlySpan<byte> message, out ModifySubscriptionResponse response)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        ResponseHeader header = ResponseHeader.Read(ref reader, ServiceIds.ModifySubscriptionResponse);
        if (header.Result.IsBad)
        {
            response = new ModifySubscriptionResponse(header, 0, 0, 0);
            return reader.Fault;
        }
        response = new ModifySubscriptionResponse(header, reader.ReadDouble(), reader.ReadUInt32(), reader.ReadUInt32());
        return reader.End();
    }
}
