using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Subscriptions;

namespace EdgeAgent.Protocols.Tests.OpcUa.Subscriptions;

/// <summary>Making, publishing, acknowledging, ending.</summary>
public sealed class SubscriptionLifeTests : IAsyncLifetime
{
    private readonly EngineUnderTest _test = new();

    [Fact]
    public async Task Values_come_in_order_and_are_acknowledged()
    {
        await _test.StartAsync();
        await _test.SendAsync(1);
        await _test.SendAsync(2);
        await _test.SendAsync(3);
        await _test.ReceivedAsync(1, 2, 3);
        await EngineUnderTest.UntilAsync(() => _test.Server.Only.Acknowledged.SetEquals([1u, 2u, 3u]), "all are acknowledged");
        Assert.Equal(3, _test.Subscription.Statistics.Messages);
        Assert.Equal(0, _test.Subscription.Statistics.Lost);
    }

    [Fact]
    public async Task Requests_with_the_server_grow_with_the_number_of_subscriptions()
    {
        await _test.StartAsync();
        for (int i = 0; i < 3; i++)
        {
            _test.Engine.Add(new SubscriptionOptions(), new MonitoredItemOptions[1], new RecordingSubscriptionSink());
        }
        await EngineUnderTest.UntilAsync(() => _test.Server.Publishes == 5, "five requests wait");
    }

    [Fact]
    public async Task A_server_that_takes_few_requests_is_given_few()
    {
        _test.Server.PublishesMax = 1;
        await _test.StartAsync(publishes: 1);
        await EngineUnderTest.UntilAsync(() => _test.Server.Publishes == 1 && _test.Engine.Publishing == 1, "one request waits");
        await _test.SendAsync(1);
        await _test.SendAsync(2);
        await _test.ReceivedAsync(1, 2);
    }

    [Fact]
    public async Task Items_are_made_in_portions_that_the_server_takes()
    {
        _test.Server.ItemsPerCallMax = 30;
        await _test.StartAsync(items: 100);
        Assert.Equal(100, _test.Server.Only.Items.Count);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (uint)i), _test.Server.Only.Items.Select(item => item.Parameters.ClientHandle));
        Assert.All(_test.Sink.Items.Values, status => Assert.True(status.IsGood));
    }

    [Fact]
    public async Task An_unknown_node_costs_its_item_only_and_is_asked_for_again()
    {
        _test.Server.RefusedItems[1] = StatusCodes.BadNodeIdUnknown;
        _test.Sink.Node = item => item == 2 ? new NodeResolution(default, StatusCodes.BadNoMatch) : new NodeResolution(new NodeId(2, (uint)item));
        await _test.StartAsync(items: 4);
        Assert.Equal(StatusCodes.BadNodeIdUnknown, _test.Sink.Items[1].Value);
        Assert.Equal(StatusCodes.BadNoMatch, _test.Sink.Items[2].Value);
        Assert.True(_test.Sink.Items[3].IsGood);

        _test.Server.RefusedItems.Clear();
        _test.Sink.Node = static item => new NodeResolution(new NodeId(2, (uint)item));
        await EngineUnderTest.UntilAsync(
            () =>
            {
                _test.Time.Advance(TimeSpan.FromMilliseconds(900));
                _test.Server.Publish(_test.Server.Only);
                return _test.Sink.Items[1].IsGood && _test.Sink.Items[2].IsGood;
            },
            "both are made later");
        Assert.Equal(4, _test.Server.Only.Items.Count);
    }

    [Fact]
    public async Task A_filter_that_the_server_does_not_know_is_left_out_rather_than_the_item()
    {
        _test.Server.RefusedItems[0] = StatusCodes.BadMonitoredItemFilterUnsupported;
        _test.Engine.Add(
            new SubscriptionOptions { WatchesServerTime = false },
            [new MonitoredItemOptions(Filter: new DataChangeFilter(DataChangeTrigger.StatusValue, DeadbandKind.Absolute, 1))], _test.Sink);
        await EngineUnderTest.UntilAsync(() => _test.Sink.Items.TryGetValue(0, out StatusCode status) && status.IsGood, "the item is made");
        Assert.Null(_test.Server.Only.Items.Single().Parameters.Filter);
    }

    [Fact]
    public async Task A_fault_of_one_owner_is_tried_again_and_ends_nobody_elses_subscription()
    {
        var broken = new RecordingSubscriptionSink { Resolving = static () => throw new InvalidOperationException("no") };
        OpcUaSubscription first = _test.Engine.Add(new SubscriptionOptions { WatchesServerTime = false }, new MonitoredItemOptions[1], broken);
        await EngineUnderTest.UntilAsync(() => first.State == SubscriptionState.Refused, "the fault is shown");
        OpcUaSubscription second = _test.Engine.Add(new SubscriptionOptions { WatchesServerTime = false }, new MonitoredItemOptions[1], _test.Sink);
        await EngineUnderTest.UntilAsync(() => second.State == SubscriptionState.Live, "the other lives");
        broken.Resolving = null;
        await EngineUnderTest.UntilAsync(
            () =>
            {
                _test.Time.Advance(TimeSpan.FromSeconds(1));
                foreach (ModelSubscription subscription in _test.Server.Subscriptions.Values.ToArray())
                {
                    _test.Server.Publish(subscription);
                }
                return first.State == SubscriptionState.Live;
            },
            "it is made later");
    }

    [Fact]
    public async Task A_refused_subscription_is_tried_again()
    {
        _test.Server.Refusals[ServiceIds.CreateSubscriptionRequest] = StatusCodes.BadTooManySubscriptions;
        OpcUaSubscription subscription = _test.Engine.Add(new SubscriptionOptions(), new MonitoredItemOptions[1], _test.Sink);
        await EngineUnderTest.UntilAsync(() => subscription.State == SubscriptionState.Refused, "the refusal is shown");
        Assert.Contains("BadTooManySubscriptions", subscription.Reason, StringComparison.Ordinal);
        _test.Server.Refusals.Clear();
        await EngineUnderTest.UntilAsync(
            () =>
            {
                _test.Time.Advance(TimeSpan.FromSeconds(1));
                return subscription.State == SubscriptionState.Live;
            },
            "it is made later");
    }

    [Fact]
    public async Task Ending_a_subscription_ends_it_at_the_server_and_waits_for_no_publish()
    {
        await _test.StartAsync();
        await _test.Subscription.DisposeAsync();
        Assert.Empty(_test.Server.Subscriptions);
        Assert.Equal(SubscriptionState.Closed, _test.Subscription.State);
    }

    [Fact]
    public async Task The_server_ends_it_by_a_status_change_and_it_is_made_anew()
    {
        await _test.StartAsync();
        await _test.SendAsync(1);
        await EngineUnderTest.UntilAsync(
            () => _test.Server.Publish(_test.Server.Only, statusChange: StatusCodes.BadTimeout), "there is a request to answer");
        await EngineUnderTest.UntilAsync(() => _test.Server.Subscriptions.ContainsKey(2), "another one is made");
        await _test.LiveLaterAsync();
        Assert.Single(_test.Sink.Losses);
        Assert.Equal(1, _test.Subscription.Statistics.Recreated);
        await _test.SendAsync(2);
        await _test.ReceivedAsync(1, 2);
    }

    [Fact]
    public async Task A_server_that_has_no_subscription_any_more_gets_it_again()
    {
        await _test.StartAsync();
        _test.Server.Subscriptions.Clear();
        _test.Server.FailPublishes(StatusCodes.BadNoSubscription);
        await EngineUnderTest.UntilAsync(() => _test.Server.Subscriptions.ContainsKey(2), "another one is made");
        await _test.LiveLaterAsync();
        await _test.SendAsync(1);
        await _test.ReceivedAsync(1);
        Assert.Equal(1, _test.Subscription.Statistics.Recreated);
    }

    [Fact]
    public async Task Queues_that_were_too_short_are_counted()
    {
        await _test.StartAsync();
        _test.Server.Change(0, Variant.From(5L), 0x0000_0480u); // Good, with the overflow bit
        await EngineUnderTest.UntilAsync(() => _test.Server.Publish(_test.Server.Only), "there is a request to answer");
        await EngineUnderTest.UntilAsync(() => _test.Subscription.Statistics.Overflows == 1, "the overflow is counted");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _test.DisposeAsync();
}
