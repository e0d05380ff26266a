using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>The services of subscriptions but Publish and Republish (OPC 10000-4 §5.13).</summary>
internal static class SubscriptionServices
{
    // A subscription must outlive three keep-alives (§5.13.2).
    private const uint LifetimePerKeepAlive = 3;

    public static StatusCode? Create(in ServiceCall call)
    {
        UaFault fault = CreateSubscriptionRequest.TryRead(call.Message, out CreateSubscriptionRequest request);
        if (fault != UaFault.None)
        {
            return fault.ToStatus();
        }
        ServerCore core = call.Core;
        if (call.Session.Subscriptions.Count >= core.Limits.SubscriptionsPerSessionMax)
        {
            return StatusCodes.BadTooManySubscriptions;
        }
        double intervalMs = Revise(core, request.PublishingIntervalMs);
        var subscription = new Subscription(core, core.Sessions.NextSubscriptionId(), call.Session, intervalMs)
        {
            IsEnabled = request.PublishingEnabled,
            Priority = request.Priority,
        };
        SetCounts(core, subscription, request.LifetimeCount, request.KeepAliveCount, request.NotificationsPerPublishMax);
        core.Sessions.Add(call.Session, subscription);
        new CreateSubscriptionResponse(call.Answer(), subscription.Id, intervalMs, subscription.LifetimeCount, subscription.KeepAliveCount).Write(call.Response);
        return StatusCodes.Good;
    }

    public static StatusCode? Modify(in ServiceCall call)
    {
        UaFault fault = ModifySubscriptionRequest.TryRead(call.Message, out ModifySubscriptionRequest request);
        if (fault != UaFault.None)
        {
            return fault.ToStatus();
        }
        if (!TryFindOwn(call, request.SubscriptionId, out Subscription subscription))
        {
            return StatusCodes.BadSubscriptionIdInvalid;
        }
        subscription.Touch();
        subscription.SetPublishingInterval(Revise(call.Core, request.PublishingIntervalMs));
        subscription.Priority = request.Priority;
        SetCounts(call.Core, subscription, request.LifetimeCount, request.KeepAliveCount, request.NotificationsPerPublishMax);
        new ModifySubscriptionResponse(call.Answer(), subscription.PublishingIntervalMs, subscription.LifetimeCount, subscription.KeepAliveCount).Write(call.Response);
        return StatusCodes.Good;
    }

    public static StatusCode? SetPublishingMode(in ServiceCall call)
    {
        UaFault fault = SetPublishingModeRequest.TryRead(call.Message, out SetPublishingModeRequest request);
        if (fault != UaFault.None || request.SubscriptionIds.Length == 0)
        {
            return fault != UaFault.None ? fault.ToStatus() : StatusCodes.BadNothingToDo;
        }
        var results = new StatusCode[request.SubscriptionIds.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = StatusCodes.BadSubscriptionIdInvalid;
            if (TryFindOwn(call, request.SubscriptionIds[i], out Subscription subscription))
            {
                subscription.Touch();
                subscription.IsEnabled = request.IsEnabled;
                results[i] = StatusCodes.Good;
            }
        }
        new StatusResultsResponse(call.Answer(), results).Write(call.Response, ServiceIds.SetPublishingModeResponse);
        return StatusCodes.Good;
    }

    public static StatusCode? Delete(in ServiceCall call)
    {
        UaFault fault = DeleteSubscriptionsRequest.TryRead(call.Message, out DeleteSubscriptionsRequest request);
        if (fault != UaFault.None || request.SubscriptionIds.Length == 0)
        {
            return fault != UaFault.None ? fault.ToStatus() : StatusCodes.BadNothingToDo;
        }
        ServerCore core = call.Core;
        var results = new StatusCode[request.SubscriptionIds.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = StatusCodes.BadSubscriptionIdInvalid;
            if (TryFindOwn(call, request.SubscriptionIds[i], out Subscription subscription))
            {
                core.Sessions.Delete(subscription);
                results[i] = StatusCodes.Good;
            }
        }
        new StatusResultsResponse(call.Answer(), results).Write(call.Response, ServiceIds.DeleteSubscriptionsResponse);
        RefuseWaiting(core, call.Session);
        return StatusCodes.Good;
    }

    public static StatusCode? Transfer(in ServiceCall call)
    {
        UaFault fault = TransferSubscriptionsRequest.TryRead(call.Message, out TransferSubscriptionsRequest request);
        if (fault != UaFault.None || request.SubscriptionIds.Length == 0)
        {
            return fault != UaFault.None ? fault.ToStatus() : StatusCodes.BadNothingToDo;
        }
        if (!call.Core.Options.AllowsTransfer)
        {
            return StatusCodes.BadServiceUnsupported;
        }
        var results = new TransferResult[request.SubscriptionIds.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = Transfer(call, request.SubscriptionIds[i], request.SendsInitialValues);
        }
        new TransferSubscriptionsResponse(call.Answer(), results).Write(call.Response);
        return StatusCodes.Good;
    }

    private static TransferResult Transfer(in ServiceCall call, uint id, bool sendsInitialValues)
    {
        if (!call.Core.Sessions.TryFind(id, out Subscription? subscription))
        {
            return new TransferResult(StatusCodes.BadSubscriptionIdInvalid, []);
        }
        if (subscription.Session == call.Session)
        {
            return new TransferResult(StatusCodes.BadNothingToDo, []);
        }
        if (subscription.Owner != call.Session.User)
        {
            return new TransferResult(StatusCodes.BadUserAccessDenied, []);
        }
        ServerSession? before = subscription.Session;
        uint[] kept = subscription.KeptSequenceNumbers;
        subscription.MoveTo(call.Session, sendsInitialValues);
        var sender = new NotificationSender(call.Core);
        if (sender.TryTake(before, out WaitingPublish? publish))
        {
            sender.SendStatus(publish, id, 1, StatusCodes.GoodSubscriptionTransferred);
        }
        return new TransferResult(StatusCodes.Good, kept);
    }

    // Without a subscription no Publish request will ever be answered otherwise.
    private static void RefuseWaiting(ServerCore core, ServerSession session)
    {
        while (session.Subscriptions.Count == 0 && session.Publishing.First is { } waiting)
        {
            session.Publishing.RemoveFirst();
            waiting.Value.Refuse(core, StatusCodes.BadNoSubscription);
        }
    }

    private static bool TryFindOwn(in ServiceCall call, uint id, out Subscription subscription)
    {
        bool isOwn = call.Core.Sessions.TryFind(id, out Subscription? found) && found.Session == call.Session;
        subscription = found!;
        return isOwn;
    }

    private static double Revise(ServerCore core, double intervalMs) =>
        double.IsFinite(intervalMs) ? Math.Clamp(intervalMs, core.Limits.PublishingIntervalMsMin, TimeSpan.FromHours(1).TotalMilliseconds) : core.Limits.PublishingIntervalMsMin;

    private static void SetCounts(ServerCore core, Subscription subscription, uint lifetime, uint keepAlive, uint notificationsMax)
    {
        subscription.KeepAliveCount = Math.Clamp(keepAlive, 1, uint.MaxValue / LifetimePerKeepAlive);
        subscription.LifetimeCount = Math.Max(lifetime, subscription.KeepAliveCount * LifetimePerKeepAlive);
        subscription.NotificationsMax = notificationsMax == 0 ? core.Limits.NotificationsPerPublishMax : (int)Math.Min(notificationsMax, (uint)core.Limits.NotificationsPerPublishMax);
    }
}
