using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

/// <summary>A notification message or a keep-alive of one subscription, read where it lies (OPC 10000-4 §5.14.5).</summary>
internal readonly ref struct PublishResponse
{
    /// <summary>Whether the acknowledgements of the request were taken, in their order.</summary>
    private readonly NumberList _results;

    private PublishResponse(
        ResponseHeader header, uint subscriptionId, NumberList available, bool hasMore, NotificationMessage message, NumberList results)
    {
        Header = header;
        SubscriptionId = subscriptionId;
        AvailableSequenceNumbers = available;
        HasMore = hasMore;
        Message = message;
        _results = results;
    }

    public ResponseHeader Header { get; }

    public uint SubscriptionId { get; }

    /// <summary>Messages that the server still keeps.</summary>
    public NumberList AvailableSequenceNumbers { get; }

    /// <summary>More notifications are waiting already.</summary>
    public bool HasMore { get; }

    public NotificationMessage Message { get; }

    public int ResultCount => _results.Count;

    public StatusCode ResultAt(int index) => _results[index];

    /// <summary>Reads the response without a copy; after a bad result there is nothing but the header. The values are checked as they are walked.</summary>
    public static UaFault TryRead(ReadOnlySpan<byte> message, out PublishResponse response)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        ResponseHeader header = ResponseHeader.Read(ref reader, ServiceIds.PublishResponse);
        if (header.Result.IsBad)
        {
            response = new PublishResponse(header, 0, default, false, default, default);
            return reader.Fault;
        }
        uint subscription = reader.ReadUInt32();
        NumberList available = NumberList.Read(ref reader);
        bool hasMore = reader.ReadBoolean();
        NotificationMessage notification = NotificationMessage.Read(ref reader);
        NumberList results = NumberList.Read(ref reader);
        ResponseTail.Skip(ref reader);
        response = new PublishResponse(header, subscription, available, hasMore, notification, results);
        return reader.End();
    }
}
