using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

/// <summary>
/// Writes the response to a Publish or Republish request piece by piece, so that a server makes no lists for it: begin, any number of
/// notifications, end.
/// </summary>
internal ref struct PublishResponseWriter
{
    private readonly UaBuffer _target;
    private readonly bool _isPublish;
    private readonly int _countAt;
    private uint _count;

    private PublishResponseWriter(UaBuffer target, bool isPublish, uint sequenceNumber, DateTime publishedAt)
    {
        _target = target;
        _isPublish = isPublish;
        target.WriteUInt32(sequenceNumber);
        target.WriteDateTime(publishedAt);
        _countAt = target.Length;
        target.WriteInt32(0);
    }

    public static PublishResponseWriter Begin(
        UaBuffer target, scoped in ResponseHeader header, uint subscriptionId, scoped ReadOnlySpan<uint> availableNumbers, bool hasMore, uint sequenceNumber, DateTime publishedAt)
    {
        header.Write(target, ServiceIds.PublishResponse);
        target.WriteUInt32(subscriptionId);
        NumberList.Write(target, availableNumbers);
        target.WriteBoolean(hasMore);
        return new PublishResponseWriter(target, true, sequenceNumber, publishedAt);
    }

    public static PublishResponseWriter BeginRepublish(UaBuffer target, scoped in ResponseHeader header, uint sequenceNumber, DateTime publishedAt)
    {
        header.Write(target, ServiceIds.RepublishResponse);
        return new PublishResponseWriter(target, false, sequenceNumber, publishedAt);
    }

    /// <summary>One DataChangeNotification with these values.</summary>
    public void WriteChanges(scoped ReadOnlySpan<ItemValue> values)
    {
        int start = _target.BeginExtension(new NodeId(ServiceIds.DataChangeNotification));
        _target.WriteInt32(values.Length);
        foreach (ref readonly ItemValue item in values)
        {
            _target.WriteUInt32(item.ClientHandle);
            _target.WriteDataValue(item.Value);
        }
        ResponseTail.Write(_target);
        _target.EndExtension(start);
        _count++;
    }

    /// <summary>Tells that the subscription itself has another status, as it does when it ends.</summary>
    public void WriteStatusChange(StatusCode status)
    {
        int start = _target.BeginExtension(new NodeId(ServiceIds.StatusChangeNotification));
        _target.WriteStatusCode(status);
        _target.WriteDiagnosticInfo(null);
        _target.EndExtension(start);
        _count++;
    }

    /// <summary>A notification as it was encoded before, such as one kept for republishing.</summary>
    public void WriteEncoded(scoped ReadOnlySpan<byte> notifications, uint count)
    {
        _target.WriteRaw(notifications);
        _count += count;
    }

    public readonly void End(scoped ReadOnlySpan<uint> acknowledgementResults)
    {
        _target.PatchUInt32(_countAt, _count);
        if (_isPublish)
        {
            NumberList.Write(_target, acknowledgementResults);
            ResponseTail.Write(_target);
        }
    }
}
