using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

/// <summary>What became of each subscription to take over, in the order of the request (OPC 10000-4 §5.14.7).</summary>
internal readonly record struct TransferSubscriptionsResponse(ResponseHeader Header, TransferResult[]? Results)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.TransferSubscriptionsResponse);
        target.WriteEach(Results, static (b, item) => item.Write(b));
        ResponseTail.Write(target);
    }

    /// <summary>Reads the response; after a bad result there is nothing but the header.</summary>
    public static UaFault TryRead(ReadOnlySpan<byte> message, out TransferSubscriptionsResponse response)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        ResponseHeader header = ResponseHeader.Read(ref reader, ServiceIds.TransferSubscriptionsResponse);
        if (header.Result.IsBad)
        {
            response = new TransferSubscriptionsResponse(header, null);
            return reader.Fault;
        }
        response = new TransferSubscriptionsResponse(header, reader.ReadEach(TransferResult.BytesMin, static (ref UaReader r) => TransferResult.Read(ref r)));
        ResponseTail.Skip(ref reader);
        return reader.End();
    }
}
