using System.Collections.Concurrent;
using System.Text.Json;
using EdgeAgent.Collector.Publishing.Json;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Publishing.Json;

/// <summary>What arrives at a broker, and what is still there after it was away.</summary>
public sealed class JsonPublisherTests
{
    [Fact]
    public async Task Each_route_has_its_own_topic_quality_of_service_and_retention()
    {
        await using var broker = new TestBroker();
        await using var listener = await Listener.StartAsync(broker.Address);
        await using var f = new Fixture(
            broker.Address,
            new JsonRouteConfig { Topic = "tags/{device}/{tag}", Qos = 1, Retain = true, Tags = ["count"] },
            new JsonRouteConfig { Topic = "devices/{device}", Per = JsonMessagePer.Device, Qos = 0, Devices = ["press-02"] },
            new JsonRouteConfig { Topic = "group/{group}", Group = "all", Per = JsonMessagePer.Group, Qos = 2 });
        f.AppendAll(count: 5);
        f.Start();
        await f.DrainedAsync();
        await Eventually.TrueAsync(() => listener.Messages.Count == 3, "three messages");

        Assert.Equal(
            [("devices/press-02", MqttQos.AtMostOnce), ("group/all", MqttQos.ExactlyOnce), ("tags/press-01/count", MqttQos.AtLeastOnce)],
            listener.Messages.Select(message => (message.Topic, message.Qos)).OrderBy(message => message.Topic, StringComparer.Ordinal));
        await using var late = await Listener.StartAsync(broker.Address);
        await Eventually.TrueAsync(() => late.Messages.Count == 1, "what is retained");
        Assert.Equal("tags/press-01/count", late.Messages.Single().Topic);
        Assert.Equal(5, late.Messages.Single().Payload.RootElement.GetProperty("value").GetInt64());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Cut_connections_and_a_killed_broker_cost_repeats_and_no_reading(int qos)
    {
        await using var broker = new TestBroker();
        await using var proxy = new TcpProxy(broker.Port);
        await using var f = new Fixture($"mqtt://127.0.0.1:{proxy.Port}", new JsonRouteConfig { Topic = "t/{tag}", Qos = qos, Tags = ["count"] });
        f.Start();
        long next = 0;
        await using (Listener listener = await Listener.StartAsync(broker.Address))
        {
            for (int cut = 0; cut < 4; cut++)
            {
                for (int i = 0; i < 100; i++)
                {
                    f.AppendCount(next++);
                }

                proxy.Cut();
            }

            await f.DrainedAsync();
            await Eventually.TrueAsync(() => listener.Counts.Distinct().Count() == next, "every reading has arrived");
        }

        // The broker comes back with nothing in memory; the publisher finds it only when somebody listens there.
        proxy.Refuse = true;
        proxy.Cut();
        await broker.StopAsync();
        for (int i = 0; i < 50; i++)
        {
            f.AppendCount(next++);
        }

        Assert.Equal(50, f.Publisher.Statistics.Lag);
        broker.Start();
        await using Listener again = await Listener.StartAsync(broker.Address);
        proxy.Refuse = false;
        await f.DrainedAsync();
        await Eventually.TrueAsync(() => again.Counts.Distinct().Count() == 50, "what came while it was away");
        Assert.Equal(Enumerable.Range(400, 50).Select(i => (long)i), again.Counts.Distinct());
        Assert.Equal(0, f.Buffer.ReadStatistics().DiscardedReadings);
    }

    [Fact]
    public async Task Readings_arrive_in_their_order_and_a_new_start_goes_on_where_the_last_one_ended()
    {
        await using var broker = new TestBroker();
        await using var listener = await Listener.StartAsync(broker.Address);
        await using var f = new Fixture(broker.Address, new JsonRouteConfig { Topic = "t/{tag}" });
        f.Start();
        for (int i = 0; i < 300; i++)
        {
            f.AppendCount(i);
        }

        await f.DrainedAsync();
        await f.RestartAsync();
        f.AppendCount(300);
        await f.DrainedAsync();
        await Eventually.TrueAsync(() => listener.Counts.Count == 301, "each once");
        Assert.Equal(Enumerable.Range(0, 301).Select(i => (long)i), listener.Counts);
    }

    [Fact]
    public async Task A_message_that_no_broker_takes_is_passed_over_and_told()
    {
        await using var broker = new TestBroker(new EdgeAgent.Protocols.Mqtt.Broker.MqttBrokerOptions { PacketSizeBytesMax = 4096 });
        await using var listener = await Listener.StartAsync(broker.Address);
        await using var f = new Fixture(broker.Address, new JsonRouteConfig { Topic = "t", Per = JsonMessagePer.Device });
        f.Start();
        f.Append(batch =>
        {
            for (int i = 0; i < 500; i++)
            {
                batch.Add(Reading.Int64(1, Quality.Good, PlantBuffer.Now, i));
            }
        });
        f.AppendCount(7);
        await f.DrainedAsync();

        Assert.Equal(500, f.Publisher.Statistics.PassedOver);
        Assert.Contains("larger than the broker takes", f.Publisher.Statistics.LastProblem);
        await Eventually.TrueAsync(() => listener.Messages.Count == 1, "the next one");
    }

    [Fact]
    public async Task Subscribers_are_told_that_the_agent_came_went_and_vanished()
    {
        await using var broker = new TestBroker();
        await using var proxy = new TcpProxy(broker.Port);
        await using var listener = await Listener.StartAsync(broker.Address);
        await using var f = new Fixture($"mqtt://127.0.0.1:{proxy.Port}", new JsonRouteConfig { Topic = "t/{tag}" })
        {
            Status = new JsonStatusConfig { Topic = "plants/{site}/{agent}", Offline = JsonDocument.Parse("""{"online":false,"by":"gw"}""").RootElement },
        };
        string[] Told() => [.. listener.Messages.Where(m => m.Topic == "plants/plant/gw-01").Select(m => m.Payload.RootElement.GetRawText())];
        f.Start();
        await Eventually.TrueAsync(() => Told().Length == 1, "online");
        f.AppendCount(1);
        await f.DrainedAsync();
        proxy.Cut();
        await Eventually.TrueAsync(() => Told().Length == 3, "vanished and back");
        await f.Publisher.StopAsync(TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(() => Told().Length == 4, "gone");

        const string On = """{"online":true}""", Off = """{"online":false,"by":"gw"}""";
        // The broker may notice the end of the old connection after the new one stands.
        Assert.Equal([Off, On], Told()[1..3].Order(StringComparer.Ordinal));
        Assert.Equal((On, Off), (Told()[0], Told()[3]));
        await using var late = await Listener.StartAsync(broker.Address);
        await Eventually.TrueAsync(() => late.Messages.Any(m => m.Payload.RootElement.GetRawText() == Off), "the last state is kept");
    }

    private sealed class Fixture(string broker, params IReadOnlyList<JsonRouteConfig> routes) : PlantBuffer(["json"])
    {
        public JsonPublisher Publisher { get; private set; } = null!;

        public JsonStatusConfig? Status { get; init; }

        public void Start()
        {
            var config = new PublisherConfig
            {
                Name = "json",
                Format = PublishFormat.Json,
                Brokers = [broker],
                ConnectTimeoutMs = 2000,
                Json = new JsonPublishConfig { Routes = routes, Status = Status },
            };
            Publisher = new JsonPublisher(config, Identity, Buffer, TimeProvider.System, NullLogger<JsonPublisher>.Instance, TimeSpan.FromMilliseconds(50));
            Publisher.Announce(Plant);
            Publisher.Start();
        }

        public async Task RestartAsync()
        {
            await Publisher.DisposeAsync();
            Start();
        }

        public Task DrainedAsync() => Eventually.TrueAsync(() => Buffer.ReadStatistics().PendingBatches == 0, $"the buffer is empty; {Publisher.Statistics}");

        public override async ValueTask DisposeAsync()
        {
            await Publisher.DisposeAsync();
            await base.DisposeAsync();
        }
    }

    private sealed class Listener : IAsyncDisposable
    {
        private readonly ConcurrentQueue<(string Topic, MqttQos Qos, JsonDocument Payload)> _messages = new();
        private readonly MqttClient _client;

        private Listener(string broker) => _client = new MqttClient(
            new MqttClientOptions { Brokers = [MqttBrokerAddress.Parse(broker)], BackoffMinMs = 20, BackoffMaxMs = 50 }, TimeProvider.System, (message, _) =>
            {
                _messages.Enqueue((message.TopicText(), message.Qos, JsonDocument.Parse(message.Payload.ToArray())));
                return default;
            });

        public IReadOnlyCollection<(string Topic, MqttQos Qos, JsonDocument Payload)> Messages => _messages;

        public IReadOnlyList<long> Counts => [.. _messages.Select(message => message.Payload.RootElement.GetProperty("value").GetInt64())];

        public static async Task<Listener> StartAsync(string broker)
        {
            var listener = new Listener(broker);
            await listener._client.StartAsync();
            await listener._client.SubscribeAsync([new MqttSubscription("#", MqttQos.ExactlyOnce)]);
            return listener;
        }

        public ValueTask DisposeAsync() => _client.DisposeAsync();
    }
}
