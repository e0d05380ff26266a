using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Subscriptions;

namespace EdgeAgent.Protocols.Tests.OpcUa.Subscriptions;

/// <summary>What is lost on the way is asked for again, in order, or counted.</summary>
public sealed class SubscriptionRecoveryTests : IAsyncLifetime
{
    private readonly EngineUnderTest _test = new();

    [Fact]
    public async Task A_gap_is_closed_before_what_came_after_it()
    {
        await _test.StartAsync();
        await _test.SendAsync(1);
        await _test.SendAsync(2, isLost: true);
        await _test.SendAsync(3);
        await _test.ReceivedAsync(1, 2, 3);
        Assert.Equal(1, _test.Subscription.Statistics.Recovered);
        Assert.Equal(0, _test.Subscription.Statistics.Lost);
        Assert.Empty(_test.Sink.Losses);
    }

    [Fact]
    public async Task A_gap_that_only_a_keep_alive_shows_is_closed()
    {
        await _test.StartAsync();
        await _test.SendAsync(1);
        await _test.SendAsync(2, isLost: true);
        await EngineUnderTest.UntilAsync(() => _test.Server.Publish(_test.Server.Only), "there is a request to answer");
        await _test.ReceivedAsync(1, 2);
    }

    [Fact]
    public async Task A_gap_that_cannot_be_closed_is_counted_and_what_follows_is_delivered()
    {
        await _test.StartAsync();
        await _test.SendAsync(1);
        await _test.SendAsync(2, isLost: true);
        _test.Server.Only.Kept.Clear();
        await _test.SendAsync(3);
        await _test.ReceivedAsync(1, 3);
        Assert.Equal(1, _test.Subscription.Statistics.Lost);
        Assert.Equal(1, Assert.Single(_test.Sink.Losses).Messages);
    }

    [Fact]
    public async Task A_message_that_comes_twice_is_taken_once()
    {
        await _test.StartAsync();
        await _test.SendAsync(1);
        DateTime before = _test.Time.GetUtcNow().UtcDateTime;
        _test.Time.Advance(TimeSpan.FromMilliseconds(50));
        await _test.SendAsync(2);
        _test.Server.Change(0, Variant.From(1L));
        await EngineUnderTest.UntilAsync(() => _test.Server.Publish(_test.Server.Only, number: 1, publishedAt: before), "there is a request to answer");
        await EngineUnderTest.UntilAsync(() => _test.Subscription.Statistics.Repeated == 1, "the repetition is counted");
        await _test.ReceivedAsync(1, 2);
    }

    [Fact]
    public async Task A_server_that_counts_anew_loses_no_value()
    {
        await _test.StartAsync();
        await _test.SendAsync(1);
        await _test.SendAsync(2);
        _test.Time.Advance(TimeSpan.FromMilliseconds(50));
        _test.Server.Change(0, Variant.From(3L));
        await EngineUnderTest.UntilAsync(() => _test.Server.Publish(_test.Server.Only, number: 1), "there is a request to answer");
        await _test.ReceivedAsync(1, 2, 3);
        await _test.SendAsync(4);
        await _test.ReceivedAsync(1, 2, 3, 4);
        Assert.Equal(1, _test.Subscription.Statistics.Renumbered);
    }

    [Fact]
    public async Task The_same_session_goes_on_with_what_the_connection_swallowed()
    {
        await _test.StartAsync();
        await _test.SendAsync(1);
        await _test.SendAsync(2, isLost: true);
        await _test.SendAsync(3, isLost: true);
        _test.Server.Disconnect();
        Assert.Equal(SubscriptionState.Interrupted, _test.Subscription.State);
        Assert.False(_test.Subscription.IsAlive);
        _test.Server.Continue();
        await _test.LiveAsync();
        await _test.SendAsync(4);
        await _test.ReceivedAsync(1, 2, 3, 4);
        SubscriptionStatistics counted = _test.Subscription.Statistics;
        Assert.Equal((1, 0, 0, 0), (counted.Resumed, counted.Transferred, counted.Recreated, counted.Lost));
    }

    [Fact]
    public async Task A_new_session_takes_the_subscription_over_with_its_queue()
    {
        await _test.StartAsync();
        await _test.SendAsync(1);
        await _test.SendAsync(2, isLost: true);
        _test.Server.Disconnect();
        _test.Time.Advance(TimeSpan.FromSeconds(10));
        _test.Server.Change(0, Variant.From(3L));
        _test.Server.Change(0, Variant.From(4L));
        _test.Server.NewSession();
        await _test.LiveAsync();
        await EngineUnderTest.UntilAsync(() => _test.Server.Publish(_test.Server.Only), "there is a request to answer");
        await _test.ReceivedAsync(1, 2, 3, 4);
        SubscriptionStatistics counted = _test.Subscription.Statistics;
        Assert.Equal((1, 0, 0), (counted.Transferred, counted.Recreated, counted.Lost));
        Assert.Empty(_test.Sink.Losses);
    }

    [Fact]
    public async Task A_refused_transfer_makes_it_anew_and_counts_the_loss()
    {
        await _test.StartAsync();
        await _test.SendAsync(1);
        _test.Server.Disconnect();
        _test.Server.Refusals[ServiceIds.TransferSubscriptionsRequest] = StatusCodes.BadServiceUnsupported;
        _test.Server.Subscriptions.Clear();
        _test.Server.NewSession();
        await _test.LiveAsync();
        await _test.SendAsync(5);
        await _test.ReceivedAsync(1, 5);
        Assert.Equal(1, _test.Subscription.Statistics.Recreated);
        Assert.Equal(-1, Assert.Single(_test.Sink.Losses).Messages);
    }

    [Fact]
    public async Task A_new_start_never_lets_an_older_value_overwrite_a_newer_one()
    {
        await _test.StartAsync();
        DateTime old = _test.Time.GetUtcNow().UtcDateTime;
        _test.Time.Advance(TimeSpan.FromMilliseconds(500));
        await _test.SendAsync(1);
        _test.Server.Disconnect();
        _test.Server.Subscriptions.Clear();
        _test.Server.NewSession();
        await _test.LiveAsync();
        _test.Server.Change(0, Variant.From(0L), source: old);
        await EngineUnderTest.UntilAsync(() => _test.Server.Publish(_test.Server.Only), "there is a request to answer");
        await _test.SendAsync(2);
        await _test.ReceivedAsync(1, 2);
        Assert.Equal(1, _test.Subscription.Statistics.Older);
    }

    [Fact]
    public async Task A_connection_that_breaks_while_items_are_made_leaves_none_behind()
    {
        _test.Server.Refusals[ServiceIds.CreateMonitoredItemsRequest] = StatusCodes.BadConnectionClosed;
        OpcUaSubscription subscription = _test.Engine.Add(new SubscriptionOptions { WatchesServerTime = false }, new MonitoredItemOptions[3], _test.Sink);
        await EngineUnderTest.UntilAsync(() => _test.Server.Count(ServiceIds.CreateMonitoredItemsRequest) > 0, "items were asked for");
        _test.Server.Disconnect();
        _test.Server.Refusals.Clear();
        _test.Server.Continue();
        await EngineUnderTest.UntilAsync(() => subscription.State == SubscriptionState.Live && _test.Server.Only.Items.Count == 3, "all items are made");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _test.DisposeAsync();
}
