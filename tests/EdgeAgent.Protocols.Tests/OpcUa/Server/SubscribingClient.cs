using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

namespace EdgeAgent.Protocols.Tests.OpcUa.Server;

/// <summary>What tests of subscriptions ask for, on a raw client.</summary>
internal static class SubscribingClient
{
    public static uint Subscribe(this RawUaClient client, double publishingMs, uint lifetime = 100, uint keepAlive = 3, uint notificationsMax = 0)
    {
        byte[] answer = client.Call(new CreateSubscriptionRequest(client.Header, publishingMs, lifetime, keepAlive, notificationsMax, true, 0).Write);
        Assert.Equal(UaFault.None, CreateSubscriptionResponse.TryRead(answer, out CreateSubscriptionResponse response));
        Assert.Equal(publishingMs, response.RevisedPublishingIntervalMs);
        return response.SubscriptionId;
    }

    public static MonitoredItemCreationResult Monitor(
        this RawUaClient client, uint subscription, NodeId node, double samplingMs, uint queueSize = 1, bool discardsOldest = true, DataChangeFilter? filter = null)
    {
        var parameters = new MonitoringParameters(5, samplingMs, filter, queueSize, discardsOldest);
        var item = new MonitoredItemCreation(new ReadTarget(node, ReadTarget.ValueAttribute), MonitoringMode.Reporting, parameters);
        byte[] answer = client.Call(new CreateMonitoredItemsRequest(client.Header, subscription, TimestampsToReturn.Both, [item]).Write);
        Assert.Equal(UaFault.None, CreateMonitoredItemsResponse.TryRead(answer, out CreateMonitoredItemsResponse response));
        return Assert.Single(response.Results!);
    }

    /// <summary>Sends a Publish request, and makes sure that the server has it.</summary>
    public static void Publish(this RawUaClient client, params Acknowledgement[] acknowledgements)
    {
        client.Send(target => PublishRequest.Write(target, client.Header, acknowledgements));
        Round(client);
    }

    /// <summary>A request whose response shows that everything sent before was taken.</summary>
    public static void Round(this RawUaClient client) =>
        Assert.Equal(StatusCodes.Good, RawUaClient.ResultOf(client.Call(new ReadRequest(client.Header, 0, TimestampsToReturn.Neither, [new ReadTarget(new NodeId(2258), 13)]).Write)).Value);

    /// <summary>The next answer to a Publish request.</summary>
    public static Published ReceivePublished(this RawUaClient client) => Read(client.Receive());

    public static Published Read(byte[] message)
    {
        Assert.Equal(UaFault.None, PublishResponse.TryRead(message, out PublishResponse response));
        List<DataValue> values = [];
        DataChanges changes = response.Message.Changes;
        while (changes.TryNext(out _, out DataValue value))
        {
            values.Add(value);
        }
        return new Published(
            response.Header.Result, response.SubscriptionId, response.Message.SequenceNumber, response.Message.IsKeepAlive, response.HasMore, values,
            response.AvailableSequenceNumbers.ToArray(), changes.StatusChange, [.. Enumerable.Range(0, response.ResultCount).Select(_ => default(StatusCode))]);
    }
}

/// <summary>An answer to a Publish request, copied out of its message.</summary>
internal sealed record Published(
    StatusCode Result, uint SubscriptionId, uint SequenceNumber, bool IsKeepAlive, bool HasMore, List<DataValue> Values, uint[] Available, StatusCode? StatusChange,
    StatusCode[] Acknowledged);
