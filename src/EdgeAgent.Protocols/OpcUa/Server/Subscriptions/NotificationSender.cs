using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>Answers Publish requests.</summary>
internal sealed class NotificationSender(ServerCore core)
{
    private readonly UaBuffer _message = new();

    /// <summary>The oldest request of a session that its client still waits for.</summary>
    public bool TryTake(ServerSession? session, [NotNullWhen(true)] out WaitingPublish? publish)
    {
        publish = null;
        while (publish is null && session?.Publishing.First is { } node)
        {
            session.Publishing.RemoveFirst();
            publish = node.Value;
            if (publish.IsOver(core.Time))
            {
                publish.Refuse(core, StatusCodes.BadTimeout);
                publish = null;
            }
        }
        return publish is not null;
    }

    /// <summary>Sends values and gives the message to be kept.</summary>
    public KeptMessage Send(
        WaitingPublish publish, uint subscriptionId, ReadOnlySpan<uint> kept, bool hasMore, uint sequenceNumber, ReadOnlySpan<ItemValue> values)
    {
        DateTime now = core.UtcNow;
        PublishResponseWriter writer = Begin(publish, subscriptionId, [.. kept, sequenceNumber], hasMore, sequenceNumber, now);
        int start = _message.Length;
        writer.WriteChanges(values);
        byte[] notifications = _message.WrittenSpan[start..].ToArray();
        End(publish, writer);
        return new KeptMessage(sequenceNumber, now, notifications);
    }

    /// <summary>Says that there is nothing to say; the number is that of the message to come.</summary>
    public void SendKeepAlive(WaitingPublish publish, uint subscriptionId, ReadOnlySpan<uint> kept, uint nextNumber) =>
        End(publish, Begin(publish, subscriptionId, kept, false, nextNumber, core.UtcNow));

    /// <summary>Says that the subscription itself has changed, as when another session took it over.</summary>
    public void SendStatus(WaitingPublish publish, uint subscriptionId, uint sequenceNumber, StatusCode status)
    {
        PublishResponseWriter writer = Begin(publish, subscriptionId, [], false, sequenceNumber, core.UtcNow);
        writer.WriteStatusChange(status);
        End(publish, writer);
    }

    private PublishResponseWriter Begin(
        WaitingPublish publish, uint subscriptionId, ReadOnlySpan<uint> kept, bool hasMore, uint sequenceNumber, DateTime utc)
    {
        _message.Clear();
        var header = new ResponseHeader(utc, publish.RequestHandle, StatusCodes.Good);
        return PublishResponseWriter.Begin(_message, header, subscriptionId, kept, hasMore, sequenceNumber, utc);
    }

    private void End(WaitingPublish publish, PublishResponseWriter writer)
    {
        writer.End(publish.AcknowledgementResults);
        publish.Connection.Send(publish.RequestId, publish.RequestHandle, _message.WrittenSpan);
    }
}
