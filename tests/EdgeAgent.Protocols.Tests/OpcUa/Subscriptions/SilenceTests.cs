using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Subscriptions;

namespace EdgeAgent.Protocols.Tests.OpcUa.Subscriptions;

/// <summary>Connected but silent: noticed within the keep-alive time, shown, and mended.</summary>
public sealed class SilenceTests : IAsyncLifetime
{
    private static readonly SubscriptionOptions s_options = new() { PublishingIntervalMs = 100, KeepAliveMs = 1000, WatchesServerTime = false };

    private readonly EngineUnderTest _test = new();

    [Fact]
    public async Task Silence_is_shown_within_the_keep_alive_time_and_a_quarter_of_a_second()
    {
        await _test.StartAsync(options: s_options);
        _test.Time.Advance(TimeSpan.FromMilliseconds(1249));
        Assert.True(_test.Subscription.IsAlive);
        _test.Time.Advance(TimeSpan.FromMilliseconds(2));
        Assert.False(_test.Subscription.IsAlive);
        await EngineUnderTest.UntilAsync(() => _test.Sink.States.Any(state => state.State == SubscriptionState.Silent), "the silence is told");
        Assert.Equal(1, _test.Subscription.Statistics.Silences);
    }

    [Fact]
    public async Task A_keep_alive_in_time_is_no_silence()
    {
        await _test.StartAsync(options: s_options);
        for (int i = 0; i < 5; i++)
        {
            _test.Time.Advance(TimeSpan.FromMilliseconds(1000));
            await EngineUnderTest.UntilAsync(() => _test.Server.Publish(_test.Server.Only), "there is a request to answer");
        }
        Assert.True(_test.Subscription.IsAlive);
        Assert.Equal(5, _test.Subscription.Statistics.KeepAlives);
        Assert.DoesNotContain(_test.Sink.States, state => state.State == SubscriptionState.Silent);
    }

    [Fact]
    public async Task A_server_that_stays_silent_gets_the_subscription_anew()
    {
        await _test.StartAsync(options: s_options);
        await EngineUnderTest.UntilAsync(
            () =>
            {
                _test.Time.Advance(TimeSpan.FromMilliseconds(250));
                return _test.Server.Subscriptions.ContainsKey(2);
            },
            "another subscription is made");
        await _test.LiveAsync();
        Assert.DoesNotContain(1u, _test.Server.Subscriptions.Keys);
        Assert.Equal(1, _test.Subscription.Statistics.Recreated);
        Assert.NotEmpty(_test.Sink.Losses);
        await _test.SendAsync(7);
        await _test.ReceivedAsync(7);
    }

    [Fact]
    public async Task A_server_that_speaks_again_in_time_keeps_the_subscription()
    {
        await _test.StartAsync(options: s_options);
        _test.Time.Advance(TimeSpan.FromMilliseconds(1300));
        await EngineUnderTest.UntilAsync(() => _test.Server.Count(ServiceIds.RepublishRequest) == 1, "the server was asked");
        await _test.SendAsync(1);
        await EngineUnderTest.UntilAsync(() => _test.Subscription.State == SubscriptionState.Live, "it lives again");
        Assert.Equal(0, _test.Subscription.Statistics.Recreated);
    }

    [Fact]
    public async Task A_message_that_got_lost_is_found_when_the_server_seems_silent()
    {
        await _test.StartAsync(options: s_options);
        await _test.SendAsync(1, isLost: true);
        _test.Time.Advance(TimeSpan.FromMilliseconds(1300));
        await _test.ReceivedAsync(1);
        await EngineUnderTest.UntilAsync(() => _test.Subscription.State == SubscriptionState.Live, "it lives again");
        Assert.Equal(0, _test.Subscription.Statistics.Recreated);
    }

    [Fact]
    public async Task A_server_whose_clock_stands_still_is_silent_although_it_says_it_lives()
    {
        await _test.StartAsync(options: s_options with { WatchesServerTime = true });
        Assert.Contains(_test.Server.Only.Items, item => item.Target.NodeId == new NodeId(2258));
        await EngineUnderTest.UntilAsync(
            () =>
            {
                _test.Time.Advance(TimeSpan.FromMilliseconds(500));
                foreach (ModelSubscription subscription in _test.Server.Subscriptions.Values.ToArray())
                {
                    _test.Server.Publish(subscription);
                }
                return _test.Subscription.Statistics.Silences > 0;
            },
            "the standing clock is noticed");
        await EngineUnderTest.UntilAsync(
            () =>
            {
                _test.Time.Advance(TimeSpan.FromMilliseconds(250));
                return _test.Server.Subscriptions.Keys.Contains(2u);
            },
            "the subscription is made anew");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _test.DisposeAsync();
}
