using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;
using EdgeAgent.Protocols.OpcUa.Subscriptions;

namespace EdgeAgent.Protocols.Tests.OpcUa.Subscriptions;

/// <summary>What taking notifications costs.</summary>
public sealed class ReceivingCostTests
{
    private sealed class NullSink : ISubscriptionSink
    {
        public long Values { get; private set; }

        public ValueTask<StatusCode> ResolveAsync(Memory<NodeResolution> nodes, CancellationToken cancellation) => new(StatusCodes.Good);

        public void OnItem(int item, StatusCode status, double revisedSamplingIntervalMs, uint revisedQueueSize)
        {
        }

        public void OnMessage(DateTime publishedAt)
        {
        }

        public void OnValue(int item, in DataValue value) => Values++;

        public void OnMessageEnd(bool isPresent)
        {
        }

        public void OnState(SubscriptionState state, string? reason)
        {
        }

        public void OnLoss(int messages, string reason)
        {
        }
    }

    [Fact]
    public async Task A_message_of_a_thousand_numbers_is_taken_without_allocating()
    {
        await using var test = new EngineUnderTest();
        await test.StartAsync(items: 1000);
        var sink = new NullSink();
        await using OpcUaSubscription subscription = test.Engine.Add(new SubscriptionOptions { WatchesServerTime = false }, new MonitoredItemOptions[1000], sink);
        await EngineUnderTest.UntilAsync(() => subscription.State == SubscriptionState.Live, "the subscription lives");
        byte[][] messages = [.. Enumerable.Range(1, 12).Select(number => Message(subscription.Id, (uint)number))];
        Acknowledgement[] acknowledged = new Acknowledgement[16];
        test.Engine.TakeResponse(messages[0]);
        test.Engine.TakeAcknowledgements(ref acknowledged);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1; i < messages.Length; i++)
        {
            test.Engine.TakeResponse(messages[i]);
            test.Engine.TakeAcknowledgements(ref acknowledged);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(12_000, sink.Values);
    }

    private static byte[] Message(uint subscription, uint number)
    {
        var target = new UaBuffer();
        var values = new ItemValue[1000];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = new ItemValue((uint)i, new DataValue(Variant.From(i * 0.5), 0u, new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
        }
        var writer = PublishResponseWriter.Begin(target, default, subscription, [number], false, number, new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        writer.WriteChanges(values);
        writer.End([0]);
        return target.Written.ToArray();
    }
}
