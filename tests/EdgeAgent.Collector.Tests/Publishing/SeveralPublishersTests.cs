using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Publishing;
using EdgeAgent.Collector.Publishing.Batch;
using EdgeAgent.Collector.Publishing.Json;
using EdgeAgent.Collector.Publishing.Sparkplug;
using EdgeAgent.Collector.Tests.Publishing.Sparkplug;
using EdgeAgent.Core.Configuration;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Publishing;

/// <summary>A hub, a Sparkplug host and a listener for JSON, each behind a broker of its own and with its own place in one buffer.</summary>
public sealed class SeveralPublishersTests
{
    [Theory]
    [InlineData("hub")]
    [InlineData("sparkplug")]
    [InlineData("json")]
    public async Task One_that_is_frozen_and_one_that_is_refused_never_hold_up_the_third(string healthy)
    {
        await using var plant = new PlantOfThree();
        await plant.StartAsync();
        plant.Append(20);
        await plant.DrainedAsync();

        string[] others = [.. PlantOfThree.Names.Where(name => name != healthy)];
        plant.Proxy(others[0]).Freeze();
        plant.Proxy(others[1]).Refuse = true;
        plant.Proxy(others[1]).Cut();
        await Eventually.TrueAsync(() => !plant.Statistics(others[1]).Connected, "the refused one is cut off");
        plant.Append(300);
        await Eventually.TrueAsync(() => plant.Statistics(healthy).Lag == 0, $"the healthy one has passed everything; {plant}");

        // What it has passed stays for the others, and nobody lost anything.
        Assert.Equal(300, plant.Statistics(others[1]).Lag);
        Assert.InRange(plant.Statistics(others[0]).Lag, 1, 300);
        Assert.Equal(300, plant.Buffer.ReadStatistics().PendingBatches);
        Assert.All(PlantOfThree.Names, name => Assert.Equal(0, plant.Statistics(name).DiscardedReadings));

        plant.Proxy(others[0]).Thaw();
        plant.Proxy(others[1]).Refuse = false;
        await plant.DrainedAsync();
        Assert.True(plant.Buffer.ReadStatistics().Balances);
        Assert.Equal(0, plant.Buffer.ReadStatistics().DiscardedReadings);
    }

    [Fact]
    public async Task One_that_is_down_for_ever_loses_the_oldest_at_the_cap_and_it_alone_is_told_so()
    {
        await using var plant = new PlantOfThree(new BufferOptions { Directory = "", SizeBytesMax = 256 << 10, AcknowledgeDelayMs = 5 });
        await plant.StartAsync();
        plant.Append(5);
        await plant.DrainedAsync();
        plant.Proxy("json").Refuse = true;
        plant.Proxy("json").Cut();
        await Eventually.TrueAsync(() => !plant.Statistics("json").Connected, "it is cut off");

        while (plant.Statistics("json").DiscardedReadings < 100)
        {
            plant.Append(20);
            await Eventually.TrueAsync(() => plant.Statistics("hub").Lag == 0 && plant.Statistics("sparkplug").Lag == 0, $"the others go on; {plant}");
        }

        long discarded = plant.Statistics("json").DiscardedReadings;
        Assert.Equal(plant.Buffer.ReadStatistics().DiscardedReadings, discarded);
        Assert.Equal(0, plant.Statistics("hub").DiscardedReadings);
        Assert.Equal(0, plant.Statistics("sparkplug").DiscardedReadings);
        Assert.True(plant.Buffer.ReadStatistics().Balances);
        plant.Proxy("json").Refuse = false;
        await plant.DrainedAsync();
    }

    private sealed class PlantOfThree(BufferOptions? options = null) : PlantBuffer(Names, options)
    {
        public static readonly string[] Names = ["hub", "json", "sparkplug"];

        private readonly Dictionary<string, TestBroker> _brokers = Names.ToDictionary(name => name, _ => new TestBroker());
        private readonly Dictionary<string, TcpProxy> _proxies = [];
        private readonly Dictionary<string, IPublisher> _publishers = [];
        private TestHub? _hub;
        private long _count;

        public TcpProxy Proxy(string name) => _proxies[name];

        public PublisherStatistics Statistics(string name) => _publishers[name].Statistics;

        public void Append(int batches)
        {
            for (int i = 0; i < batches; i++)
            {
                if (_count++ == 0)
                {
                    AppendAll();
                }
                else
                {
                    AppendCount(_count);
                }
            }
        }

        public async Task StartAsync()
        {
            foreach (string name in Names)
            {
                _proxies.Add(name, new TcpProxy(_brokers[name].Port));
            }

            _hub = await new TestHub(_brokers["hub"].Address).StartAsync();
            Add("hub", new HubPublisher(Config("hub", PublishFormat.Batch), Identity, Buffer, TimeProvider.System, NullLogger<HubPublisher>.Instance, new HubPublisherOptions
            {
                StallMin = TimeSpan.FromMilliseconds(300),
                StallMax = TimeSpan.FromMilliseconds(600),
                ProblemPause = TimeSpan.FromMilliseconds(50),
            }));
            Add("sparkplug", new SparkplugPublisher(
                Config("sparkplug", PublishFormat.Sparkplug) with { Sparkplug = new SparkplugConfig { ConfirmAfterMs = 50 } },
                Identity, Buffer, TimeProvider.System, NullLogger<SparkplugPublisher>.Instance, new SparkplugTimes { ProblemPause = TimeSpan.FromMilliseconds(50) }));
            Add("json", new JsonPublisher(
                Config("json", PublishFormat.Json) with { Json = new JsonPublishConfig { Routes = [new JsonRouteConfig { Topic = "t/{device}/{tag}" }] } },
                Identity, Buffer, TimeProvider.System, NullLogger<JsonPublisher>.Instance, TimeSpan.FromMilliseconds(50)));
        }

        public Task DrainedAsync() => Eventually.TrueAsync(() => Buffer.ReadStatistics().PendingBatches == 0, $"every publisher has passed everything; {this}");

        public override string ToString() => string.Join("; ", _publishers.Values.Select(publisher => publisher.Statistics));

        public override async ValueTask DisposeAsync()
        {
            foreach (TcpProxy proxy in _proxies.Values)
            {
                proxy.Thaw();
            }

            foreach (IPublisher publisher in _publishers.Values)
            {
                await publisher.DisposeAsync();
            }

            if (_hub is not null)
            {
                await _hub.DisposeAsync();
            }

            foreach (TcpProxy proxy in _proxies.Values)
            {
                await proxy.DisposeAsync();
            }

            foreach (TestBroker broker in _brokers.Values)
            {
                await broker.DisposeAsync();
            }

            await base.DisposeAsync();
        }

        private PublisherConfig Config(string name, PublishFormat format) => new()
        {
            Name = name,
            Format = format,
            Brokers = [$"mqtt://127.0.0.1:{_proxies[name].Port}"],
            ConnectTimeoutMs = 1000,
        };

        private void Add(string name, IPublisher publisher)
        {
            _publishers.Add(name, publisher);
            publisher.Announce(Plant);
            publisher.Start();
        }
    }
}
