using System.Text;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.Mqtt;

public sealed class ClientFaultTests
{
    public static TheoryData<MqttVersion> Versions => [MqttVersion.V311, MqttVersion.V5];

    [PartnerTheory("mosquitto")]
    [MemberData(nameof(Versions))]
    public async Task A_broker_killed_and_restarted_is_found_again_and_subscriptions_are_renewed(MqttVersion version)
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        var inbox = new Inbox();
        var events = new ClientEvents();
        await using MqttClient client = await Clients.ConnectAsync(Clients.Options(broker.Port, version), inbox.Handler, events);
        await client.SubscribeAsync([new("live/#")]);
        Task<MqttConnectionLoss> loss = events.NextLossAsync();
        await broker.KillAsync();
        Assert.NotEqual(MqttLossCause.Local, (await loss).Cause);
        Assert.False(client.IsConnected);
        Assert.Equal(MqttPublishStatus.ConnectionLost, (await client.PublishAsync("live/a", "lost"u8.ToArray())).Status);

        await broker.RestartAsync();
        await client.WaitConnectedAsync().WaitAsync(Clients.Hang);
        Assert.True((await client.PublishAsync("live/a", "back"u8.ToArray())).IsAcknowledged);
        await inbox.UntilAsync(1);
        Assert.Equal("back", inbox.Messages[0].Payload);
    }

    [PartnerTheory("mosquitto")]
    [MemberData(nameof(Versions))]
    public async Task Every_message_arrives_although_the_broker_is_killed_again_and_again(MqttVersion version)
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        var seen = new HashSet<int>();
        var events = new ClientEvents();
        await using MqttClient subscriber = await Clients.ConnectAsync(
            Clients.Options(broker.Port, version),
            (message, _) =>
            {
                lock (seen)
                {
                    seen.Add(int.Parse(Encoding.UTF8.GetString(message.Payload.Span)));
                }
                return default;
            },
            events);
        await subscriber.SubscribeAsync([new("n")]);
        var publisherEvents = new ClientEvents();
        await using MqttClient publisher = await Clients.ConnectAsync(Clients.Options(broker.Port, version), null, publisherEvents);
        using var bothBack = new SemaphoreSlim(0);
        var unacknowledged = new List<int>();
        int acknowledged = 0;
        int messages = int.MaxValue;
        Task publishing = Task.Run(async () =>
        {
            for (int i = 0; i < Volatile.Read(ref messages);)
            {
                MqttPublishResult result = await publisher.PublishAsync("n", Encoding.UTF8.GetBytes($"{i}"));
                if (result.IsAcknowledged)
                {
                    Volatile.Write(ref acknowledged, ++i);
                    continue;
                }

                unacknowledged.Add(i);
                await bothBack.WaitAsync();
            }
        });
        for (int kill = 1; kill <= 3; kill++)
        {
            int at = kill * 700;
            await Eventually.TrueAsync(() => Volatile.Read(ref acknowledged) >= at, $"{at} messages are acknowledged");
            Task noticed = Task.WhenAll(events.NextLossAsync(), publisherEvents.NextLossAsync());
            await broker.KillAsync();
            await noticed;
            await broker.RestartAsync();
            // A broker without persistence forgets who subscribed: only when both are back may the message go again.
            await publisher.WaitConnectedAsync().WaitAsync(Clients.Hang);
            await subscriber.WaitConnectedAsync().WaitAsync(Clients.Hang);
            if (kill == 3)
            {
                Volatile.Write(ref messages, Volatile.Read(ref acknowledged) + 700);
            }

            bothBack.Release();
        }

        await publishing.WaitAsync(Clients.Hang);
        await Eventually.TrueAsync(() => { lock (seen) { return seen.Contains(messages - 1); } }, "the last message arrives");
        Assert.Equal(3, unacknowledged.Count);

        // What the broker had acknowledged and not yet passed on when it was killed died with it. It passes on in order, so that is the end of what went
        // before each kill and nothing else; how much it is depends on how far the subscriber was behind.
        foreach (int missing in Enumerable.Range(0, messages).Where(n => !seen.Contains(n)))
        {
            int killed = unacknowledged.Find(n => n > missing);
            Assert.True(killed > 0, $"message {missing} was lost with no kill after it");
            Assert.DoesNotContain(Enumerable.Range(missing, killed - missing), seen.Contains);
        }
    }

    [PartnerTheory("mosquitto")]
    [MemberData(nameof(Versions))]
    public async Task A_frozen_broker_is_noticed_within_its_deadline_and_the_next_broker_of_the_list_takes_over(MqttVersion version)
    {
        await using MosquittoBroker first = await MosquittoBroker.StartAsync();
        await using MosquittoBroker second = await MosquittoBroker.StartAsync();
        var events = new ClientEvents();
        MqttClientOptions options = Clients.Options(first.Port, version) with
        {
            Brokers = [new("127.0.0.1", first.Port, false), new("127.0.0.1", second.Port, false)],
            ResponseTimeoutMs = 1000,
            ConnectTimeoutMs = 1000,
        };
        await using MqttClient client = await Clients.ConnectAsync(options, null, events);
        first.Process.Freeze();
        long start = TimeProvider.System.GetTimestamp();
        MqttPublishResult result = await client.PublishAsync("x", new byte[1024]).AsTask().WaitAsync(Clients.Hang);
        Assert.Equal(MqttPublishStatus.ConnectionLost, result.Status);
        // Deadline 1 s plus early ping and timer steps; far from the 22 s that a default elsewhere takes.
        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 0.5, 10);
        await client.WaitConnectedAsync().WaitAsync(Clients.Hang);
        Assert.Equal(second.Port, client.Broker!.Port);
        MqttConnectionLoss loss = Assert.Single(events.Losses);
        Assert.Equal(MqttLossCause.Silent, loss.Cause);
        Assert.Contains("frozen", loss.Text);
        Assert.True((await client.PublishAsync("x", new byte[10])).IsAcknowledged);
        first.Process.Thaw();
    }

    [PartnerTheory("mosquitto")]
    [MemberData(nameof(Versions))]
    public async Task Two_clients_with_one_id_are_told_so(MqttVersion version)
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        var events = new ClientEvents();
        MqttClientOptions options = Clients.Options(broker.Port, version) with { ClientId = "twin" };
        await using MqttClient one = await Clients.ConnectAsync(options, null, events);
        await using MqttClient other = await Clients.ConnectAsync(options);
        await Eventually.TrueAsync(() => events.Losses.Any(l => l.SuspectedTakeover), "the fight is noticed");
        Assert.Contains("twin", events.Losses.First(l => l.SuspectedTakeover).Text);
    }

    [PartnerFact("mosquitto")]
    public async Task A_slow_handler_slows_the_broker_and_does_not_fill_memory()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync("allow_anonymous true", "max_queued_messages 0");
        using var gate = new SemaphoreSlim(0);
        int handled = 0;
        int running = 0;
        bool overlapped = false;
        await using MqttClient subscriber = await Clients.ConnectAsync(
            Clients.Options(broker.Port) with { InboxSizeBytesMax = 64 * 1024, ReceiveMaximum = 1000 },
            async (_, cancellation) =>
            {
                overlapped |= Interlocked.Increment(ref running) > 1;
                await gate.WaitAsync(cancellation);
                Interlocked.Decrement(ref running);
                Interlocked.Increment(ref handled);
            });
        await subscriber.SubscribeAsync([new("flood", MqttQos.AtMostOnce), new("flood1")]);
        await using MqttClient publisher = await Clients.ConnectAsync(Clients.Options(broker.Port));
        byte[] payload = new byte[1024];
        for (int i = 0; i < 1000; i++)
        {
            await publisher.PublishAsync("flood1", payload);
        }
        await Eventually.TrueAsync(() => Volatile.Read(ref running) == 1, "the handler is busy");
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < 20_000; i++)
        {
            await publisher.PublishAsync("flood1", payload);
        }
        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.InRange(grown, long.MinValue, 4_000_000);
        Assert.InRange(subscriber.Statistics.MessagesReceived, 1, 1100);
        gate.Release(21_000);
        await Eventually.TrueAsync(() => Volatile.Read(ref handled) == 21_000, "everything is handled in the end");
        Assert.False(overlapped);
    }

    [PartnerTheory("mosquitto")]
    [MemberData(nameof(Versions))]
    public async Task A_handler_may_publish_and_wait_for_the_acknowledgement(MqttVersion version)
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        MqttClient? responder = null;
        int answered = 0;
        responder = await Clients.ConnectAsync(Clients.Options(broker.Port, version), async (message, _) =>
        {
            MqttPublishResult result = await responder!.PublishAsync("answers", message.Payload.ToArray());
            Interlocked.Add(ref answered, result.IsAcknowledged ? 1 : 0);
        });
        await using MqttClient owned = responder;
        await responder.SubscribeAsync([new("questions")]);
        await using MqttClient asker = await Clients.ConnectAsync(Clients.Options(broker.Port, version));
        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => asker.PublishAsync("questions", new byte[100]).AsTask()));
        await Eventually.TrueAsync(() => Volatile.Read(ref answered) == 500, "every question is answered");
    }

    [PartnerFact("mosquitto")]
    public async Task A_handler_that_throws_is_reported_and_does_not_block_those_behind()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        var events = new ClientEvents();
        var inbox = new Inbox();
        await using MqttClient client = await Clients.ConnectAsync(Clients.Options(broker.Port), (message, cancellation) =>
            message.Payload.Length == 0 ? throw new InvalidOperationException("empty") : inbox.Handler(message, cancellation), events);
        await client.SubscribeAsync([new("t", MqttQos.ExactlyOnce)]);
        await client.PublishAsync("t", default, MqttQos.ExactlyOnce);
        await client.PublishAsync("t", default);
        await client.PublishAsync("t", "good"u8.ToArray(), MqttQos.ExactlyOnce);
        await inbox.UntilAsync(1);
        Assert.Equal(2, events.HandlerFailures.Count);
        Assert.Empty(events.Losses);
    }
}
