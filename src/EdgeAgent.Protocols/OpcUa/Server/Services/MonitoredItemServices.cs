using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>The services of monitored items (OPC 10000-4 §5.12).</summary>
internal static class MonitoredItemServices
{
    public static StatusCode? Create(in ServiceCall call)
    {
        UaFault fault = CreateMonitoredItemsRequest.TryRead(call.Message, out CreateMonitoredItemsRequest request);
        Subscription subscription = null!;
        StatusCode status = fault != UaFault.None ? fault.ToStatus() : CheckCall(call, request.SubscriptionId, request.Items.Count, out subscription);
        if (status.IsBad)
        {
            return status;
        }
        if (request.Timestamps is < TimestampsToReturn.Source or > TimestampsToReturn.Neither)
        {
            return StatusCodes.BadTimestampsToReturnInvalid;
        }
        DateTime now = call.Core.UtcNow;
        var results = new MonitoredItemCreationResult[request.Items.Count];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = Create(call.Core, subscription, request.Items[i], request.Timestamps, now);
        }
        new CreateMonitoredItemsResponse(call.Answer(), results).Write(call.Response);
        return StatusCodes.Good;
    }

    public static StatusCode? Modify(in ServiceCall call)
    {
        UaFault fault = ModifyMonitoredItemsRequest.TryRead(call.Message, out ModifyMonitoredItemsRequest request);
        Subscription subscription = null!;
        StatusCode status = fault != UaFault.None ? fault.ToStatus() : CheckCall(call, request.SubscriptionId, request.Items.Count, out subscription);
        if (status.IsBad)
        {
            return status;
        }
        var results = new MonitoredItemChangeResult[request.Items.Count];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = Modify(call.Core, subscription, request.Items[i]);
        }
        new ModifyMonitoredItemsResponse(call.Answer(), results).Write(call.Response);
        return StatusCodes.Good;
    }

    public static StatusCode? Delete(in ServiceCall call)
    {
        UaFault fault = DeleteMonitoredItemsRequest.TryRead(call.Message, out DeleteMonitoredItemsRequest request);
        Subscription subscription = null!;
        StatusCode status = fault != UaFault.None ? fault.ToStatus() : CheckCall(call, request.SubscriptionId, request.ItemIds.Length, out subscription);
        if (status.IsBad)
        {
            return status;
        }
        var results = new StatusCode[request.ItemIds.Length];
        for (int i = 0; i < results.Length; i++)
        {
            bool isThere = subscription.Items.Remove(request.ItemIds[i], out MonitoredItem? item);
            results[i] = isThere ? StatusCodes.Good : StatusCodes.BadMonitoredItemIdInvalid;
            if (isThere)
            {
                item!.IsDeleted = true;
            }
        }
        new StatusResultsResponse(call.Answer(), results).Write(call.Response, ServiceIds.DeleteMonitoredItemsResponse);
        return StatusCodes.Good;
    }

    private static StatusCode CheckCall(in ServiceCall call, uint subscriptionId, int count, out Subscription subscription)
    {
        bool isOwn = call.Core.Sessions.TryFind(subscriptionId, out Subscription? found) && found.Session == call.Session;
        subscription = found!;
        if (!isOwn)
        {
            return StatusCodes.BadSubscriptionIdInvalid;
        }
        subscription.Touch();
        return count == 0 ? StatusCodes.BadNothingToDo
            : count > call.Core.Limits.MonitoredItemsPerCallMax ? StatusCodes.BadTooManyOperations
            : StatusCodes.Good;
    }

    private static MonitoredItemCreationResult Create(
        ServerCore core, Subscription subscription, MonitoredItemCreation wanted, TimestampsToReturn timestamps, DateTime now)
    {
        StatusCode status = Check(core, subscription, wanted, out UaNode? node, out ItemFilter filter);
        if (status.IsBad)
        {
            return new MonitoredItemCreationResult(status, 0, 0, 0);
        }
        var item = new MonitoredItem(subscription.NextItemId(), wanted.Target, timestamps, wanted.Mode);
        item.Set(wanted.Parameters, filter, QueueSize(core, wanted.Parameters));
        subscription.Items.Add(item.Id, item);
        subscription.Schedule(item, SamplingInterval(core, subscription, node!, wanted.Parameters));
        if (item.IsSampling)
        {
            item.Sample(core.Space, now);
            subscription.List(item);
        }
        return new MonitoredItemCreationResult(StatusCodes.Good, item.Id, item.SamplingIntervalMs, item.QueueSize);
    }

    private static StatusCode Check(ServerCore core, Subscription subscription, MonitoredItemCreation wanted, out UaNode? node, out ItemFilter filter)
    {
        filter = default;
        if (!core.Space.TryFind(wanted.Target.NodeId, out node))
        {
            return StatusCodes.BadNodeIdUnknown;
        }
        bool isValue = wanted.Target.AttributeId == ReadTarget.ValueAttribute && node is UaVariable;
        if (!isValue && !AttributeReader.TryRead(node, wanted.Target.AttributeId, out _))
        {
            return StatusCodes.BadAttributeIdInvalid;
        }
        if (wanted.Target.IndexRange is { Length: > 0 } range && !NumericRange.TryParse(range, out _))
        {
            return StatusCodes.BadIndexRangeInvalid;
        }
        if (wanted.Mode is < MonitoringMode.Disabled or > MonitoringMode.Reporting)
        {
            return StatusCodes.BadMonitoringModeInvalid;
        }
        return subscription.Items.Count >= core.Limits.MonitoredItemsPerSubscriptionMax
            ? StatusCodes.BadTooManyMonitoredItems
            : ItemFilter.TryCreate(wanted.Parameters, node, wanted.Target.AttributeId, out filter);
    }

    private static MonitoredItemChangeResult Modify(ServerCore core, Subscription subscription, MonitoredItemChange wanted)
    {
        if (!subscription.Items.TryGetValue(wanted.ItemId, out MonitoredItem? item))
        {
            return new MonitoredItemChangeResult(StatusCodes.BadMonitoredItemIdInvalid, 0, 0);
        }
        if (!core.Space.TryFind(item.Target.NodeId, out UaNode? node))
        {
            return new MonitoredItemChangeResult(StatusCodes.BadNodeIdUnknown, 0, 0);
        }
        StatusCode status = ItemFilter.TryCreate(wanted.Parameters, node, item.Target.AttributeId, out ItemFilter filter);
        if (status.IsBad)
        {
            return new MonitoredItemChangeResult(status, 0, 0);
        }
        item.Set(wanted.Parameters, filter, QueueSize(core, wanted.Parameters));
        double intervalMs = SamplingInterval(core, subscription, node, wanted.Parameters);
        if (intervalMs != item.SamplingIntervalMs)
        {
            subscription.Schedule(item, intervalMs);
        }
        return new MonitoredItemChangeResult(StatusCodes.Good, item.SamplingIntervalMs, item.QueueSize);
    }

    private static int QueueSize(ServerCore core, in MonitoringParameters wanted) => (int)Math.Clamp(wanted.QueueSize, 1, (uint)core.Limits.QueueSizeMax);

    // -1 stands for the publishing interval, 0 for as fast as possible (§7.21).
    private static double SamplingInterval(ServerCore core, Subscription subscription, UaNode node, in MonitoringParameters wanted)
    {
        double intervalMs = wanted.SamplingIntervalMs < 0 || !double.IsFinite(wanted.SamplingIntervalMs) ? subscription.PublishingIntervalMs : wanted.SamplingIntervalMs;
        double least = Math.Max(core.Limits.SamplingIntervalMsMin, (node as UaVariable)?.SamplingIntervalMsMin ?? 0);
        return Math.Clamp(intervalMs, least, TimeSpan.FromHours(1).TotalMilliseconds);
    }
}
