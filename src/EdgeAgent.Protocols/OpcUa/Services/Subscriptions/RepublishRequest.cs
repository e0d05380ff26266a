using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

/// <summary>Asks for a notification message once more (OPC 10000-4 §5.14.6).</summary>
internal readonly record struct RepublishRequest(RequestHeader Header, uint SubscriptionId, uint SequenceNumber)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.RepublishRequest);
        target.WriteUInt32(SubscriptionId);
        target.WriteUInt32(SequenceNumber);
    }

    public static UaFault TryRead(ReadOnlySpan<byte> message, out RepublishRequest request)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        request = new RepublishRequest(RequestHeader.Read(ref reader, ServiceIds.RepublishRequest), reader.ReadUInt32(), reader.ReadUInt32());
        return reader.End();
    }
}
