using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Subscriptions;

namespace EdgeAgent.Commands.Bench.OpcUa;

/// <summary>A session with a subscription to the first variables of a source, each value checked.</summary>
internal sealed class BenchSubscription : IAsyncDisposable
{
    public const int IntervalMs = 100;

    // What changes while a message is on its way waits at the server.
    private const uint QueueSize = 20;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly OpcUaClient _client;
    private readonly OpcUaSubscription _subscription;

    private BenchSubscription(OpcUaClient client, OpcUaSubscription subscription, CountingSink sink, TimeSpan firstValueAfter) =>
        (_client, _subscription, Sink, FirstValueAfter) = (client, subscription, sink, firstValueAfter);

    public CountingSink Sink { get; }

    /// <summary>From the wish to connect to the first message with values.</summary>
    public TimeSpan FirstValueAfter { get; }

    public SubscriptionStatistics Statistics => _subscription.Statistics;

    public static async Task<BenchSubscription> StartAsync(OpcUaSource source, int items, bool secure, BenchContext context)
    {
        long start = context.Time.GetTimestamp();
        OpcUaClient client = await BenchSession.ConnectAsync(source, secure, context);
        CountingSink sink = new(source.Variable);
        MonitoredItemOptions[] options = new MonitoredItemOptions[items];
        Array.Fill(options, new MonitoredItemOptions(IntervalMs, QueueSize));
        OpcUaSubscription subscription = client.CreateSubscription(
            new SubscriptionOptions { PublishingIntervalMs = IntervalMs, WatchesServerTime = false }, options, sink);
        try
        {
            await sink.FirstValue.WaitAsync(StartLimit, context.Time, context.Cancellation);
        }
        catch (TimeoutException)
        {
            throw CommandFailure.Failed($"{source.Name} sent no value within {StartLimit.TotalSeconds} s: {subscription.State}, {subscription.Reason}");
        }

        return new BenchSubscription(client, subscription, sink, context.Time.GetElapsedTime(start));
    }

    /// <summary>Measures for a while, after a while in which code is compiled and optimised.</summary>
    public async Task<ValueCost> MeasureAsync(OpcUaSource source, TimeSpan warmUp, TimeSpan measured, BenchContext context)
    {
        await context.Wait(warmUp);
        ValueCost.Mark start = ValueCost.Now(source, context.Time, Sink.Values);
        await context.Wait(measured);
        return ValueCost.Since(start, source, context.Time, Sink.Values);
    }

    public async ValueTask DisposeAsync()
    {
        await _subscription.DisposeAsync();
        await _client.DisposeAsync();
    }
}
