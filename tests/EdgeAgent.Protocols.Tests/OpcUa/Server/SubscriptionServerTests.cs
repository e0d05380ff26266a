using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Server;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

namespace EdgeAgent.Protocols.Tests.OpcUa.Server;

public sealed class SubscriptionServerTests
{
    private const uint OverflowBits = 0x480;

    [Fact]
    public async Task Each_sample_is_the_value_of_its_instant_and_all_of_them_arrive()
    {
        await using var test = new ServerUnderTest();
        using RawUaClient client = test.Connect();
        uint id = client.Subscribe(publishingMs: 2_000);
        MonitoredItemCreationResult item = client.Monitor(id, test.Seconds, samplingMs: 1_000, queueSize: 10);
        Assert.Equal((1_000d, 10u), (item.RevisedSamplingIntervalMs, item.RevisedQueueSize));
        client.Publish();
        client.Publish();
        test.Time.Advance(TimeSpan.FromSeconds(4));
        Published first = client.ReceivePublished();
        Published second = client.ReceivePublished();
        Assert.Equal(Numbers(0, 1, 2), first.Values.Select(v => v.Value));
        Assert.Equal(Numbers(3, 4), second.Values.Select(v => v.Value));
        Assert.Equal((1u, 2u), (first.SequenceNumber, second.SequenceNumber));
        Assert.All(first.Values.Zip(first.Values.Skip(1)), pair => Assert.Equal(TimeSpan.FromSeconds(1), pair.Second.SourceTimestamp - pair.First.SourceTimestamp));
    }

    [Fact]
    public async Task The_first_cycle_and_every_few_without_a_change_say_that_the_server_is_alive()
    {
        await using var test = new ServerUnderTest();
        using RawUaClient client = test.Connect();
        uint id = client.Subscribe(publishingMs: 1_000, keepAlive: 3);
        client.Monitor(id, test.Constant, samplingMs: 1_000);
        client.Publish();
        client.Publish();
        client.Publish();
        test.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Numbers(42), client.ReceivePublished().Values.Select(v => v.Value));
        test.Time.Advance(TimeSpan.FromSeconds(2));
        client.Round();
        Assert.False(client.HasArrived);
        test.Time.Advance(TimeSpan.FromSeconds(1));
        Published keepAlive = client.ReceivePublished();
        Assert.True(keepAlive.IsKeepAlive);
        Assert.Equal(2u, keepAlive.SequenceNumber); // that of the message to come
    }

    [Theory]
    [InlineData(true, new[] { 3, 4, 5 }, 0)]
    [InlineData(false, new[] { 0, 1, 5 }, 2)]
    public async Task A_full_queue_discards_what_was_asked_for_and_says_so(bool discardsOldest, int[] expected, int marked)
    {
        await using var test = new ServerUnderTest();
        using RawUaClient client = test.Connect();
        uint id = client.Subscribe(publishingMs: 5_000);
        client.Monitor(id, test.Seconds, samplingMs: 1_000, queueSize: 3, discardsOldest);
        client.Publish();
        test.Time.Advance(TimeSpan.FromSeconds(5));
        List<DataValue> values = client.ReceivePublished().Values;
        Assert.Equal(Numbers(expected), values.Select(v => v.Value));
        for (int i = 0; i < values.Count; i++)
        {
            Assert.Equal(i == marked ? OverflowBits : 0, values[i].Status.Value);
        }
    }

    [Theory]
    [InlineData(DeadbandKind.Absolute, 25.0)]
    [InlineData(DeadbandKind.Percent, 25.0)]
    public async Task A_deadband_lets_through_what_exceeds_it(DeadbandKind kind, double deadband)
    {
        await using var test = new ServerUnderTest();
        using RawUaClient client = test.Connect();
        uint id = client.Subscribe(publishingMs: 10_000);
        client.Monitor(id, test.Percent, samplingMs: 1_000, queueSize: 20, filter: new DataChangeFilter(DataChangeTrigger.StatusValue, kind, deadband));
        client.Publish();
        test.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal([0, 30, 60, 90], client.ReceivePublished().Values.Select(v => (double)v.Value.ToObject()!));
    }

    [Fact]
    public async Task Filters_that_make_no_sense_are_refused_and_cost_nothing_else()
    {
        await using var test = new ServerUnderTest();
        using RawUaClient client = test.Connect();
        uint id = client.Subscribe(publishingMs: 1_000);
        Assert.Equal(StatusCodes.BadNodeIdUnknown, client.Monitor(id, new NodeId(2, "Nobody"), 1_000).Status.Value);
        Assert.Equal(StatusCodes.BadMonitoredItemFilterUnsupported, Status(test.Seconds, DeadbandKind.Percent, 5));
        Assert.Equal(StatusCodes.BadDeadbandFilterInvalid, Status(test.Percent, DeadbandKind.Percent, 101));
        Assert.Equal(StatusCodes.BadDeadbandFilterInvalid, Status(test.Percent, DeadbandKind.Absolute, -1));
        Assert.Equal(StatusCodes.Good, client.Monitor(id, test.Seconds, 1_000).Status.Value);

        uint Status(NodeId node, DeadbandKind kind, double deadband) =>
            client.Monitor(id, node, 1_000, filter: new DataChangeFilter(DataChangeTrigger.StatusValue, kind, deadband)).Status.Value;
    }

    [Fact]
    public async Task A_message_can_be_had_again_until_it_is_acknowledged()
    {
        await using var test = new ServerUnderTest();
        using RawUaClient client = test.Connect();
        uint id = client.Subscribe(publishingMs: 1_000);
        client.Monitor(id, test.Seconds, samplingMs: 1_000);
        client.Publish();
        test.Time.Advance(TimeSpan.FromSeconds(1));
        Published message = client.ReceivePublished();
        Assert.Equal([1u], message.Available);

        Assert.Equal(message.Values.Select(v => v.Value), Republished(client, id, 1).Select(v => v.Value));
        client.Publish(new Acknowledgement(id, 1), new Acknowledgement(id, 9), new Acknowledgement(99, 1));
        test.Time.Advance(TimeSpan.FromSeconds(1));
        byte[] next = client.Receive();
        Assert.Equal(UaFault.None, PublishResponse.TryRead(next, out PublishResponse response));
        Assert.Equal(
            [StatusCodes.Good, StatusCodes.BadSequenceNumberUnknown, StatusCodes.BadSubscriptionIdInvalid],
            (uint[])[response.ResultAt(0).Value, response.ResultAt(1).Value, response.ResultAt(2).Value]);
        byte[] refused = client.Call(new RepublishRequest(client.Header, id, 1).Write);
        Assert.Equal(StatusCodes.BadMessageNotAvailable, RawUaClient.ResultOf(refused).Value);
    }

    [Fact]
    public async Task More_than_fits_into_a_message_follows_in_the_next()
    {
        await using var test = new ServerUnderTest();
        using RawUaClient client = test.Connect();
        uint id = client.Subscribe(publishingMs: 3_000, notificationsMax: 2);
        client.Monitor(id, test.Seconds, samplingMs: 1_000, queueSize: 10);
        client.Publish();
        test.Time.Advance(TimeSpan.FromSeconds(3));
        Published first = client.ReceivePublished();
        Assert.True(first.HasMore);
        client.Send(target => PublishRequest.Write(target, client.Header, [])); // The rest waits for nothing else.
        Published second = client.ReceivePublished();
        Assert.Equal(Numbers(0, 1, 2, 3), first.Values.Concat(second.Values).Select(v => v.Value));
    }

    [Fact]
    public async Task What_is_due_without_a_publish_request_is_sent_when_one_comes()
    {
        await using var test = new ServerUnderTest();
        using RawUaClient client = test.Connect();
        uint id = client.Subscribe(publishingMs: 1_000);
        client.Monitor(id, test.Seconds, samplingMs: 1_000, queueSize: 10);
        client.Round();
        test.Time.Advance(TimeSpan.FromSeconds(3));
        client.Send(target => PublishRequest.Write(target, client.Header, []));
        Assert.Equal(Numbers(0, 1, 2, 3), client.ReceivePublished().Values.Select(v => v.Value));
    }

    [Fact]
    public async Task A_subscription_without_publish_requests_ends_with_its_lifetime()
    {
        await using var test = new ServerUnderTest();
        using RawUaClient client = test.Connect();
        uint id = client.Subscribe(publishingMs: 1_000, lifetime: 9, keepAlive: 3);
        test.Time.Advance(TimeSpan.FromSeconds(9));
        client.Monitor(id, test.Seconds, samplingMs: 1_000); // a service of the subscription keeps it
        test.Time.Advance(TimeSpan.FromSeconds(12));
        byte[] answer = client.Call(target => PublishRequest.Write(target, client.Header, []));
        Assert.Equal(StatusCodes.BadNoSubscription, RawUaClient.ResultOf(answer).Value);
    }

    [Fact]
    public async Task Another_session_takes_a_subscription_over_and_no_value_is_lost()
    {
        await using var test = new ServerUnderTest();
        RawUaClient first = test.Connect(timeoutMs: 5_000);
        uint id = first.Subscribe(publishingMs: 1_000);
        first.Monitor(id, test.Seconds, samplingMs: 1_000, queueSize: 100);
        first.Publish();
        test.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Numbers(0, 1), first.ReceivePublished().Values.Select(v => v.Value));
        first.Dispose();
        await Eventually(() => test.Server.ConnectionCount == 0);
        test.Time.Advance(TimeSpan.FromSeconds(10)); // The session is over, the subscription is not.

        using RawUaClient second = test.Connect();
        Assert.Equal(1, test.Server.SessionCount);
        byte[] answer = second.Call(new TransferSubscriptionsRequest(second.Header, [id, 99], SendsInitialValues: false).Write);
        Assert.Equal(UaFault.None, TransferSubscriptionsResponse.TryRead(answer, out TransferSubscriptionsResponse response));
        Assert.Equal([StatusCodes.Good, StatusCodes.BadSubscriptionIdInvalid], response.Results!.Select(r => r.Status.Value));
        Assert.Equal([1u], response.Results![0].AvailableSequenceNumbers);
        second.Send(target => PublishRequest.Write(target, second.Header, []));
        Assert.Equal(Numbers(2, 3, 4, 5, 6, 7, 8, 9, 10, 11), second.ReceivePublished().Values.Select(v => v.Value));
    }

    [Fact]
    public async Task A_server_that_transfers_nothing_says_so()
    {
        await using var test = new ServerUnderTest(new OpcUaServerOptions { AllowsTransfer = false });
        using RawUaClient client = test.Connect();
        byte[] answer = client.Call(new TransferSubscriptionsRequest(client.Header, [1], false).Write);
        Assert.Equal(StatusCodes.BadServiceUnsupported, RawUaClient.ResultOf(answer).Value);
    }

    [Fact]
    public async Task The_last_subscription_that_goes_takes_waiting_publish_requests_with_it()
    {
        await using var test = new ServerUnderTest();
        using RawUaClient client = test.Connect();
        uint id = client.Subscribe(publishingMs: 1_000);
        client.Publish();
        client.Send(new DeleteSubscriptionsRequest(client.Header, [id]).Write);
        uint[] results = [RawUaClient.ResultOf(client.Receive()).Value, RawUaClient.ResultOf(client.Receive()).Value];
        Assert.Equal([StatusCodes.Good, StatusCodes.BadNoSubscription], results.Order());
    }

    private static Task Eventually(Func<bool> condition) => TestKit.Eventually.TrueAsync(condition, "the server notices");

    private static List<DataValue> Republished(RawUaClient client, uint id, uint sequence)
    {
        byte[] answer = client.Call(new RepublishRequest(client.Header, id, sequence).Write);
        Assert.Equal(UaFault.None, RepublishResponse.TryRead(answer, out RepublishResponse response));
        List<DataValue> values = [];
        DataChanges changes = response.Message.Changes;
        while (changes.TryNext(out _, out DataValue value))
        {
            values.Add(value);
        }
        return values;
    }

    private static IEnumerable<Variant> Numbers(params int[] numbers) => numbers.Select(Variant.From);
}
