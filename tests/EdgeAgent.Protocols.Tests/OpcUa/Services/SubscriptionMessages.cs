using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Protocols.OpcUa.Services.History;
using EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;
using EdgeAgent.Protocols.OpcUa.Services.Views;

namespace EdgeAgent.Protocols.Tests.OpcUa.Services;

/// <summary>One of each message of subscriptions, monitored items, history and browse paths, made from a few fields.</summary>
internal static class SubscriptionMessages
{
    /// <summary>What the messages are filled with.</summary>
    public sealed record Fields(NodeId Id, string? Text, uint Number, double Real, bool Flag, byte[] Bytes, DateTime Instant, DataValue Value);

    public static IEnumerable<(string Name, Action<UaBuffer> Write, Messages.Reread Reread)> From(RequestHeader request, ResponseHeader response, Fields f)
    {
        uint[] numbers = [f.Number, 1];
        StatusCode[] states = [StatusCodes.Good, StatusCodes.BadNodeIdUnknown];
        var parameters = new MonitoringParameters(f.Number, f.Real, new DataChangeFilter(DataChangeTrigger.StatusValueTimestamp, DeadbandKind.Percent, f.Real), 10, f.Flag);
        MonitoringParameters plain = parameters with { Filter = null };

        yield return ("TranslateBrowsePathsRequest",
            new TranslateBrowsePathsRequest(request, [new(f.Id, [new(new NodeId(33), f.Flag, true, new QualifiedName(2, f.Text))]), new(f.Id, null)]).Write,
            (m, t) => Again(TranslateBrowsePathsRequest.TryRead(m, out var read), () => read.Write(t)));
        yield return ("TranslateBrowsePathsResponse",
            new TranslateBrowsePathsResponse(response, [new(states[0], [new(new ExpandedNodeId(f.Id, f.Text, 1), BrowsePathTarget.Complete)]), new(states[1], null)]).Write,
            (m, t) => Again(TranslateBrowsePathsResponse.TryRead(m, out var read), () => read.Write(t)));
        yield return ("CreateSubscriptionRequest", new CreateSubscriptionRequest(request, f.Real, f.Number, 10, 1000, f.Flag, 3).Write,
            (m, t) => Again(CreateSubscriptionRequest.TryRead(m, out var read), () => read.Write(t)));
        yield return ("CreateSubscriptionResponse", new CreateSubscriptionResponse(response, f.Number, f.Real, 30, 10).Write,
            (m, t) => Again(CreateSubscriptionResponse.TryRead(m, out var read), () => read.Write(t)));
        yield return ("ModifySubscriptionRequest", new ModifySubscriptionRequest(request, f.Number, f.Real, 30, 10, 1000, 3).Write,
            (m, t) => Again(ModifySubscriptionRequest.TryRead(m, out var read), () => read.Write(t)));
        yield return ("ModifySubscriptionResponse", new ModifySubscriptionResponse(response, f.Real, f.Number, 10).Write,
            (m, t) => Again(ModifySubscriptionResponse.TryRead(m, out var read), () => read.Write(t)));
        yield return ("SetPublishingModeRequest", new SetPublishingModeRequest(request, f.Flag, numbers).Write,
            (m, t) => Again(SetPublishingModeRequest.TryRead(m, out var read), () => read.Write(t)));
        yield return ("CreateMonitoredItemsRequest",
            new CreateMonitoredItemsRequest(request, f.Number, TimestampsToReturn.Source,
            [
                new(new ReadTarget(f.Id, ReadTarget.ValueAttribute, f.Text), MonitoringMode.Reporting, parameters),
                new(new ReadTarget(f.Id, ReadTarget.ValueAttribute), MonitoringMode.Sampling, plain),
            ]).Write,
            (m, t) => Again(CreateMonitoredItemsRequest.TryRead(m, out var read), () => read.Write(t)));
        yield return ("CreateMonitoredItemsResponse", new CreateMonitoredItemsResponse(response, [new(states[0], f.Number, f.Real, 10), new(states[1], 0, 0, 0)]).Write,
            (m, t) => Again(CreateMonitoredItemsResponse.TryRead(m, out var read), () => read.Write(t)));
        yield return ("ModifyMonitoredItemsRequest",
            new ModifyMonitoredItemsRequest(request, f.Number, TimestampsToReturn.Both, [new(f.Number, parameters), new(2, plain)]).Write,
            (m, t) => Again(ModifyMonitoredItemsRequest.TryRead(m, out var read), () => read.Write(t)));
        yield return ("ModifyMonitoredItemsResponse", new ModifyMonitoredItemsResponse(response, [new(states[0], f.Real, f.Number), new(states[1], 0, 0)]).Write,
            (m, t) => Again(ModifyMonitoredItemsResponse.TryRead(m, out var read), () => read.Write(t)));
        yield return ("DeleteMonitoredItemsRequest", new DeleteMonitoredItemsRequest(request, f.Number, numbers).Write,
            (m, t) => Again(DeleteMonitoredItemsRequest.TryRead(m, out var read), () => read.Write(t)));
        yield return ("RepublishRequest", new RepublishRequest(request, f.Number, 4).Write,
            (m, t) => Again(RepublishRequest.TryRead(m, out var read), () => read.Write(t)));
        yield return ("TransferSubscriptionsRequest", new TransferSubscriptionsRequest(request, numbers, f.Flag).Write,
            (m, t) => Again(TransferSubscriptionsRequest.TryRead(m, out var read), () => read.Write(t)));
        yield return ("TransferSubscriptionsResponse", new TransferSubscriptionsResponse(response, [new(states[0], numbers), new(states[1], [])]).Write,
            (m, t) => Again(TransferSubscriptionsResponse.TryRead(m, out var read), () => read.Write(t)));
        yield return ("DeleteSubscriptionsRequest", new DeleteSubscriptionsRequest(request, numbers).Write,
            (m, t) => Again(DeleteSubscriptionsRequest.TryRead(m, out var read), () => read.Write(t)));
        foreach (uint id in new[] { ServiceIds.SetPublishingModeResponse, ServiceIds.DeleteMonitoredItemsResponse, ServiceIds.DeleteSubscriptionsResponse })
        {
            yield return ($"StatusResultsResponse {id}", t => new StatusResultsResponse(response, states).Write(t, id),
                (m, t) => Again(StatusResultsResponse.TryRead(m, id, out var read), () => read.Write(t, id)));
        }
        yield return ("HistoryReadRequest",
            new HistoryReadRequest(request, new(false, f.Instant, f.Instant, f.Number, f.Flag), TimestampsToReturn.Source, f.Flag,
                [new(f.Id, f.Text, f.Bytes), new(f.Id)]).Write,
            (m, t) => Again(HistoryReadRequest.TryRead(m, out var read), () => read.Write(t)));
        yield return ("HistoryReadResponse", new HistoryReadResponse(response, [new(states[0], f.Bytes, [f.Value, default]), new(states[1], null, null)]).Write,
            (m, t) => Again(HistoryReadResponse.TryRead(m, out var read), () => read.Write(t)));
        yield return ("PublishRequest", t => PublishRequest.Write(t, request, [new(f.Number, 4), new(2, f.Number)]),
            (m, t) => Again(PublishRequest.TryRead(m, out var header, out var acknowledgements), () => PublishRequest.Write(t, header, acknowledgements)));
        yield return ("PublishResponse",
            t =>
            {
                var writer = PublishResponseWriter.Begin(t, response, f.Number, numbers, f.Flag, 7, f.Instant);
                writer.WriteChanges([new(f.Number, f.Value), new(2, new DataValue(Variant.From(f.Real), 0u, f.Instant))]);
                writer.WriteStatusChange(StatusCodes.BadTimeout);
                writer.End([StatusCodes.Good, StatusCodes.BadSequenceNumberUnknown]);
            },
            RereadPublish);
        yield return ("RepublishResponse",
            t =>
            {
                var writer = PublishResponseWriter.BeginRepublish(t, response, 7, f.Instant);
                writer.WriteChanges([new(f.Number, f.Value)]);
                writer.End([]);
            },
            RereadRepublish);
    }

    /// <summary>Takes the values of a notification message.</summary>
    public static List<ItemValue> Walk(DataChanges changes, out UaFault fault, out StatusCode? statusChange)
    {
        var values = new List<ItemValue>();
        while (changes.TryNext(out uint handle, out DataValue value))
        {
            values.Add(new ItemValue(handle, value));
        }
        fault = changes.Fault;
        statusChange = changes.StatusChange;
        return values;
    }

    private static UaFault RereadPublish(ReadOnlySpan<byte> message, UaBuffer target)
    {
        UaFault fault = PublishResponse.TryRead(message, out PublishResponse read);
        if (fault != UaFault.None)
        {
            return fault;
        }
        var writer = PublishResponseWriter.Begin(
            target, read.Header, read.SubscriptionId, read.AvailableSequenceNumbers.ToArray(), read.HasMore, read.Message.SequenceNumber, read.Message.PublishedAt);
        fault = Rewrite(read.Message, ref writer);
        var results = new uint[read.ResultCount];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = read.ResultAt(i).Value;
        }
        writer.End(results);
        return fault;
    }

    private static UaFault RereadRepublish(ReadOnlySpan<byte> message, UaBuffer target)
    {
        UaFault fault = RepublishResponse.TryRead(message, out RepublishResponse read);
        if (fault != UaFault.None)
        {
            return fault;
        }
        var writer = PublishResponseWriter.BeginRepublish(target, read.Header, read.Message.SequenceNumber, read.Message.PublishedAt);
        fault = Rewrite(read.Message, ref writer);
        writer.End([]);
        return fault;
    }

    private static UaFault Rewrite(NotificationMessage message, ref PublishResponseWriter writer)
    {
        writer.WriteChanges([.. Walk(message.Changes, out UaFault fault, out StatusCode? statusChange)]);
        if (statusChange is { } status)
        {
            writer.WriteStatusChange(status);
        }
        return fault;
    }

    private static UaFault Again(UaFault fault, Action write)
    {
        if (fault == UaFault.None)
        {
            write();
        }
        return fault;
    }
}
