using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

/// <summary>Acknowledges messages and gives the server a request to answer the next one to (OPC 10000-4 §5.14.5).</summary>
internal static class PublishRequest
{
    public static void Write(UaBuffer target, in RequestHeader header, ReadOnlySpan<Acknowledgement> acknowledgements)
    {
        header.Write(target, ServiceIds.PublishRequest);
        target.WriteInt32(acknowledgements.Length);
        foreach (Acknowledgement item in acknowledgements)
        {
            target.WriteUInt32(item.SubscriptionId);
            target.WriteUInt32(item.SequenceNumber);
        }
    }

    public static UaFault TryRead(ReadOnlySpan<byte> message, out RequestHeader header, out Acknowledgement[] acknowledgements)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        header = RequestHeader.Read(ref reader, ServiceIds.PublishRequest);
        acknowledgements = reader.ReadEach(Acknowledgement.Bytes, static (ref UaReader r) => new Acknowledgement(r.ReadUInt32(), r.ReadUInt32())) ?? [];
        return reader.End();
    }
}
