using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>Publish and Republish (OPC 10000-4 §5.13.5 and §5.13.6).</summary>
internal static class PublishServices
{
    public static StatusCode? Publish(in ServiceCall call)
    {
        UaFault fault = PublishRequest.TryRead(call.Message, out _, out Acknowledgement[] acknowledgements);
        if (fault != UaFault.None)
        {
            return fault.ToStatus();
        }
        ServerCore core = call.Core;
        ServerSession session = call.Session;
        var results = new uint[acknowledgements.Length];
        for (int i = 0; i < results.Length; i++)
        {
            bool isOwn = core.Sessions.TryFind(acknowledgements[i].SubscriptionId, out Subscription? acknowledged) && acknowledged.Session == session;
            results[i] = isOwn ? acknowledged!.Acknowledge(acknowledgements[i].SequenceNumber).Value : StatusCodes.BadSubscriptionIdInvalid;
        }
        if (session.Subscriptions.Count == 0)
        {
            return StatusCodes.BadNoSubscription;
        }
        if (session.Publishing.Count >= core.Limits.PublishRequestsPerSessionMax && session.Publishing.First is { } oldest)
        {
            session.Publishing.RemoveFirst();
            oldest.Value.Refuse(core, StatusCodes.BadTooManyPublishRequests);
        }
        session.Publishing.AddLast(
            new WaitingPublish(call.Connection, call.RequestId, call.Header.RequestHandle, call.Header.TimeoutMs, core.Time.GetTimestamp(), results));
        session.Subscriptions.Where(static s => s.IsLate).MaxBy(static s => s.Priority)?.CatchUp();
        return null;
    }

    public static StatusCode? Republish(in ServiceCall call)
    {
        UaFault fault = RepublishRequest.TryRead(call.Message, out RepublishRequest request);
        if (fault != UaFault.None)
        {
            return fault.ToStatus();
        }
        if (!call.Core.Sessions.TryFind(request.SubscriptionId, out Subscription? subscription) || subscription.Session != call.Session)
        {
            return StatusCodes.BadSubscriptionIdInvalid;
        }
        subscription.Touch();
        if (subscription.FindKept(request.SequenceNumber) is not { } message)
        {
            return StatusCodes.BadMessageNotAvailable;
        }
        PublishResponseWriter writer = PublishResponseWriter.BeginRepublish(call.Response, call.Answer(), message.SequenceNumber, message.PublishedUtc);
        writer.WriteEncoded(message.Notifications, 1);
        writer.End([]);
        return StatusCodes.Good;
    }
}
