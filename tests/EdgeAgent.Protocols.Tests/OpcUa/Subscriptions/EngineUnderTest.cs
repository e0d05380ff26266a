using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Subscriptions;
using EdgeAgent.TestKit;

namespace EdgeAgent.Protocols.Tests.OpcUa.Subscriptions;

/// <summary>An engine over a model server, with a clock that stands until it is moved.</summary>
internal sealed class EngineUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(20);

    public EngineUnderTest(SubscriptionEngineOptions? options = null)
    {
        Server = new ModelServer(Time);
        Engine = new SubscriptionEngine(Server, options ?? new SubscriptionEngineOptions(), Time);
    }

    public FakeTimeProvider Time { get; } = new();

    public ModelServer Server { get; }

    public SubscriptionEngine Engine { get; }

    public RecordingSubscriptionSink Sink { get; } = new();

    public OpcUaSubscription Subscription { get; private set; } = null!;

    public long[] Values => [.. Sink.Values.Select(value => value.Value)];

    /// <summary>Makes a subscription and waits until it lives and its Publish requests are with the server.</summary>
    public async Task StartAsync(int items = 1, SubscriptionOptions? options = null, int publishes = 2)
    {
        Subscription = Engine.Add(
            options ?? new SubscriptionOptions { PublishingIntervalMs = 100, KeepAliveMs = 1000, WatchesServerTime = false },
            new MonitoredItemOptions[items], Sink);
        await LiveAsync(publishes);
    }

    public async Task LiveAsync(int publishes = 2)
    {
        await UntilAsync(() => Subscription.State == SubscriptionState.Live, "the subscription lives");
        await UntilAsync(() => Server.Publishes >= publishes, "requests are with the server");
    }

    /// <summary>As <see cref="LiveAsync"/>, after something for which the engine pauses.</summary>
    public async Task LiveLaterAsync()
    {
        await UntilAsync(
            () =>
            {
                Time.Advance(TimeSpan.FromMilliseconds(100));
                return Server.Publishes >= 2;
            },
            "requests are with the server again");
        await LiveAsync();
    }

    /// <summary>Changes an item and publishes that.</summary>
    public async Task SendAsync(long value, bool isLost = false)
    {
        Server.SwallowsResponses = isLost;
        Server.Change(0, Variant.From(value));
        await UntilAsync(() => Server.Publish(Server.Only), "there is a request to answer");
        Server.SwallowsResponses = false;
    }

    public Task ReceivedAsync(params long[] values) => UntilAsync(() => Values.SequenceEqual(values), $"{string.Join(',', values)} came");

    public static Task UntilAsync(Func<bool> condition, string what) => Eventually.TrueAsync(condition, what, s_hang);

    public async ValueTask DisposeAsync() => await Engine.DisposeAsync();
}
