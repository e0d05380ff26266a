using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Protocols.OpcUa.Services.History;
using EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;
using EdgeAgent.Protocols.OpcUa.Services.Views;

namespace EdgeAgent.Fuzz;

/// <summary>A million damaged messages of subscriptions, monitored items, history and browse paths, for both ends.</summary>
public sealed class OpcUaSubscriptionFuzz
{
    private const int Mutations = 1_000_000;

    // A value of history takes one byte on the wire and 64 in memory; its array is made when the bytes for it are there.
    private const int AllocationFactor = 80;
    private const int AllocationFloorBytes = 2048;

    private static readonly ResponseHeader s_response = new(default, 7, StatusCodes.Good);
    private static readonly RequestHeader s_request = new(new NodeId(1, [7]), default, 1, 2);
    private static readonly DateTime s_instant = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Damaged_messages_are_refused_quietly()
    {
        var mutations = new SeededMutations(20251126, [.. Seeds()]);
        int refused = 0;
        for (int i = 0; i < Mutations; i++)
        {
            ReadOnlySpan<byte> bytes = mutations.Next();
            long before = GC.GetAllocatedBytesForCurrentThread();
            UaFault fault = Decode(bytes);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            refused += fault != UaFault.None ? 1 : 0;
            if (allocated > AllocationFloorBytes + (long)AllocationFactor * bytes.Length)
            {
                Assert.Fail($"mutation {i}: {allocated} bytes for {Convert.ToHexString(bytes)}");
            }
        }
        Assert.InRange(refused, Mutations / 10, Mutations * 99 / 100);
    }

    private static UaFault Decode(ReadOnlySpan<byte> bytes)
    {
        var head = new UaReader(bytes, UaDecodeLimits.Default);
        uint id = head.ReadNodeId().Number;
        return id switch
        {
            ServiceIds.TranslateBrowsePathsToNodeIdsRequest => TranslateBrowsePathsRequest.TryRead(bytes, out _),
            ServiceIds.TranslateBrowsePathsToNodeIdsResponse => TranslateBrowsePathsResponse.TryRead(bytes, out _),
            ServiceIds.CreateSubscriptionRequest => CreateSubscriptionRequest.TryRead(bytes, out _),
            ServiceIds.CreateSubscriptionResponse => CreateSubscriptionResponse.TryRead(bytes, out _),
            ServiceIds.CreateMonitoredItemsRequest => CreateMonitoredItemsRequest.TryRead(bytes, out _),
            ServiceIds.CreateMonitoredItemsResponse => CreateMonitoredItemsResponse.TryRead(bytes, out _),
            ServiceIds.ModifyMonitoredItemsRequest => ModifyMonitoredItemsRequest.TryRead(bytes, out _),
            ServiceIds.TransferSubscriptionsResponse => TransferSubscriptionsResponse.TryRead(bytes, out _),
            ServiceIds.HistoryReadRequest => HistoryReadRequest.TryRead(bytes, out _),
            ServiceIds.HistoryReadResponse => HistoryReadResponse.TryRead(bytes, out _),
            ServiceIds.PublishRequest => PublishRequest.TryRead(bytes, out _, out _),
            ServiceIds.RepublishResponse => Walk(RepublishResponse.TryRead(bytes, out RepublishResponse response), response.Message),
            ServiceIds.PublishResponse => Walk(PublishResponse.TryRead(bytes, out PublishResponse response), response.Message),
            _ => StatusResultsResponse.TryRead(bytes, ServiceIds.DeleteSubscriptionsResponse, out _),
        };
    }

    private static UaFault Walk(UaFault fault, NotificationMessage message)
    {
        if (fault != UaFault.None)
        {
            return fault;
        }
        DataChanges changes = message.Changes;
        while (changes.TryNext(out _, out _))
        {
        }
        return changes.Fault;
    }

    private static IEnumerable<byte[]> Seeds()
    {
        var id = new NodeId(2, "Press");
        var parameters = new MonitoringParameters(7, 100, new DataChangeFilter(DataChangeTrigger.StatusValue, DeadbandKind.Absolute, 1), 10, true);
        var value = new DataValue(Variant.From(1.5), StatusCodes.UncertainInitialValue, s_instant);
        yield return Bytes(new TranslateBrowsePathsRequest(s_request, [new(id, [new(new NodeId(33), false, true, new QualifiedName(2, "a"))])]).Write);
        yield return Bytes(new TranslateBrowsePathsResponse(s_response, [new(0u, [new(new ExpandedNodeId(id, "urn:x"), BrowsePathTarget.Complete)])]).Write);
        yield return Bytes(new CreateSubscriptionRequest(s_request, 100, 30, 10, 0, true, 1).Write);
        yield return Bytes(new CreateSubscriptionResponse(s_response, 1, 100, 30, 10).Write);
        yield return Bytes(new CreateMonitoredItemsRequest(
            s_request, 1, TimestampsToReturn.Source, [new(new ReadTarget(id, 13, "1:2"), MonitoringMode.Reporting, parameters)]).Write);
        yield return Bytes(new CreateMonitoredItemsResponse(s_response, [new(0u, 1, 100, 1), new(5u, 0, 0, 0)]).Write);
        yield return Bytes(new ModifyMonitoredItemsRequest(s_request, 1, TimestampsToReturn.Source, [new(1, parameters)]).Write);
        yield return Bytes(new TransferSubscriptionsResponse(s_response, [new(0u, [1, 2])]).Write);
        yield return Bytes(new HistoryReadRequest(s_request, new(false, s_instant, s_instant, 10, true), TimestampsToReturn.Source, false, [new(id, "1", [1])]).Write);
        yield return Bytes(new HistoryReadResponse(s_response, [new(0u, [1], [value, value])]).Write);
        yield return Bytes(target => PublishRequest.Write(target, s_request, [new(1, 2), new(3, 4)]));
        yield return Bytes(target => new StatusResultsResponse(s_response, [0u, 5u]).Write(target, ServiceIds.DeleteSubscriptionsResponse));
        yield return Bytes(target =>
        {
            var writer = PublishResponseWriter.BeginRepublish(target, s_response, 7, s_instant);
            writer.WriteChanges([new(1, value)]);
            writer.End([]);
        });
        yield return Bytes(target =>
        {
            var writer = PublishResponseWriter.Begin(target, s_response, 1, [1, 2], true, 7, s_instant);
            writer.WriteChanges([new(1, value), new(2, new DataValue(Variant.From("水Boy"))), new(3, new DataValue(Variant.FromArray<int>([1, 2, 3])))]);
            writer.WriteStatusChange(StatusCodes.BadTimeout);
            writer.End([0, 5]);
        });
    }

    private static byte[] Bytes(Action<UaBuffer> write)
    {
        var target = new UaBuffer();
        write(target);
        return target.Written.ToArray();
    }
}
