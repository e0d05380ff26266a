using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

/// <summary>A notification message that was asked for once more, read where it lies (OPC 10000-4 §5.14.6).</summary>
internal readonly ref struct RepublishResponse
{
    private RepublishResponse(ResponseHeader header, NotificationMessage message)
    {
        Header = header;
        Message = message;
    }

    public ResponseHeader Header { get; }

    public NotificationMessage Message { get; }

    /// <summary>Reads the response without a copy; after a bad result there is nothing but the header.</summary>
    public static UaFault TryRead(ReadOnlySpan<byte> message, out RepublishResponse response)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        ResponseHeader header = ResponseHeader.Read(ref reader, ServiceIds.RepublishResponse);
        if (header.Result.IsBad)
        {
            response = new RepublishResponse(header, default);
            return reader.Fault;
        }
        response = new RepublishResponse(header, NotificationMessage.Read(ref reader));
        return reader.End();
    }
}
