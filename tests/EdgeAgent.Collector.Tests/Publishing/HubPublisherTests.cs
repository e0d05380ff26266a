using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Publishing;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Publishing;

public sealed class HubPublisherTests
{
    [Fact]
    public async Task What_the_hub_has_committed_leaves_the_buffer()
    {
        await using var broker = new TestBroker();
        await using TestHub hub = await new TestHub(broker.Address).StartAsync();
        await using PublisherFixture f = new PublisherFixture(broker.Address).Start();

        f.Append(500);
        await f.DrainedAsync();

        Assert.Equal(500, hub.Contiguous);
        Assert.Equal(5000, f.Buffer.ReadStatistics().AcknowledgedReadings);
    }

    [Fact]
    public async Task Birth_and_status_are_retained_and_prove_the_token()
    {
        await using var broker = new TestBroker();
        await using PublisherFixture f = new PublisherFixture(broker.Address).Start();
        await Eventually.TrueAsync(() => f.Publisher.Statistics.Connected, "connected");
        await using TestHub hub = await new TestHub(broker.Address).StartAsync();
        await Eventually.TrueAsync(() => hub.Retained.Count == 2, "birth and status");

        Assert.True(AgentBirth.TryParse(System.Text.Encoding.UTF8.GetBytes(hub.Retained["Birth"]), out AgentBirth? birth));
        Assert.Equal(f.Buffer.Incarnation, birth.Incarnation);
        Assert.True(EnrolmentProof.Verify(birth.TokenProof!, "token", Convert.FromBase64String(birth.PublicKey)));
        Assert.Contains("\"online\":true", hub.Retained["Status"]);

        f.Publisher.Announce(new PublishedPlant(new byte[32], []));
        await Eventually.TrueAsync(() => !hub.Retained["Birth"].Contains("press-01"), "a new birth after a change");
        await f.Publisher.StopAsync(TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(() => hub.Retained["Status"].Contains("\"online\":false"), "offline after a stop");
    }

    [Fact]
    public async Task A_broker_that_goes_with_everything_in_memory_costs_repeats_only()
    {
        await using var broker = new TestBroker();
        await using TestHub hub = await new TestHub(broker.Address).StartAsync();
        await using PublisherFixture f = new PublisherFixture(broker.Address).Start();
        f.Append(50);
        await f.DrainedAsync();

        hub.Acknowledges = false;
        f.Append(50);
        await Eventually.TrueAsync(() => hub.Arrivals.Count >= 100, "sent, not confirmed");
        await broker.StopAsync();
        f.Append(50);
        hub.Acknowledges = true;
        broker.Start();
        await f.DrainedAsync();

        Assert.Equal(150, hub.Contiguous);
    }

    [Fact]
    public async Task A_broker_that_is_off_at_the_start_is_found_when_it_comes()
    {
        await using var broker = new TestBroker();
        await broker.StopAsync();
        await using PublisherFixture f = new PublisherFixture(broker.Address).Start();
        f.Append(50);
        await Eventually.TrueAsync(() => f.Publisher.Statistics.LastProblem is not null, "the missing broker is told");
        Assert.Equal(50, f.Buffer.ReadStatistics().PendingBatches);

        broker.Start();
        await using TestHub hub = await new TestHub(broker.Address).StartAsync();
        await f.DrainedAsync();

        Assert.Equal(50, hub.Contiguous);
    }

    [Fact]
    public async Task A_hub_that_is_down_gets_no_storm_and_everything_when_it_is_back()
    {
        await using var broker = new TestBroker();
        TestHub hub = await new TestHub(broker.Address).StartAsync();
        await using PublisherFixture f = new PublisherFixture(broker.Address, times: o => o with { AheadBatchesMax = 100 }).Start();
        hub.Acknowledges = false;

        f.Append(1000);
        await Eventually.TrueAsync(() => f.Publisher.Statistics.Waiting, "the hub's silence is noticed");
        Assert.InRange(hub.Arrivals.Distinct().Count(), 1, 100);

        hub.Acknowledges = true;
        await f.DrainedAsync();
        Assert.Equal(1000, hub.Contiguous);
        Assert.False(f.Publisher.Statistics.Waiting);
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task Without_a_listener_one_batch_at_a_time_asks_for_one()
    {
        await using var broker = new TestBroker();
        await using PublisherFixture f = new PublisherFixture(broker.Address).Start();
        f.Append(1000);
        await Eventually.TrueAsync(() => f.Publisher.Statistics.Waiting, "no listener is noticed");
        long before = f.Publisher.Statistics.Published;

        await Eventually.TrueAsync(() => f.Publisher.Statistics.Published >= before + 3, "it goes on asking");
        Assert.InRange(f.Publisher.Statistics.Published, before, before + 200);
        await using TestHub hub = await new TestHub(broker.Address).StartAsync();
        await f.DrainedAsync();
        Assert.Equal(1000, hub.Contiguous);
    }

    [Fact]
    public async Task A_batch_lost_on_the_way_is_sent_again_while_the_others_go_on()
    {
        await using var broker = new TestBroker();
        await using TestHub hub = await new TestHub(broker.Address).StartAsync();
        hub.LosesOnce[3] = true;
        await using PublisherFixture f = new PublisherFixture(broker.Address).Start();

        f.Append(200);
        await Eventually.TrueAsync(() => hub.Has(200), "the others");
        await f.DrainedAsync();

        Assert.Equal(2, hub.Arrivals.Count(s => s == 3));
    }

    [Fact]
    public async Task A_refused_batch_is_kept_and_told_once_while_the_others_go_on()
    {
        await using var broker = new TestBroker();
        await using TestHub hub = await new TestHub(broker.Address).StartAsync();
        hub.Refuse(2, "signed by a key that is not enrolled");
        await using PublisherFixture f = new PublisherFixture(broker.Address).Start();

        f.Append(100);
        await Eventually.TrueAsync(() => f.Buffer.ReadStatistics().PendingBatches == 1, "all but the refused one");

        Assert.Equal(1, f.Publisher.Statistics.Refused);
        Assert.Contains("not enrolled", f.Publisher.Statistics.LastProblem);
        Assert.Equal(0, f.Buffer.ReadStatistics().DiscardedReadings);
    }

    [Fact]
    public async Task Broker_mode_is_done_at_the_brokers_word()
    {
        await using var broker = new TestBroker();
        await using PublisherFixture f = new PublisherFixture(
            broker.Address, c => c with { Acknowledge = PublishAcknowledge.Broker, ProtocolVersion = 4 }).Start();

        f.Append(300);
        await f.DrainedAsync();

        Assert.Equal(300, f.Publisher.Statistics.Published);
    }

    [Fact]
    public async Task A_publisher_started_again_goes_on_where_the_last_one_ended()
    {
        await using var broker = new TestBroker();
        await using TestHub hub = await new TestHub(broker.Address).StartAsync();
        await using PublisherFixture f = new PublisherFixture(broker.Address).Start();
        f.Append(50);
        await f.DrainedAsync();

        await f.RestartPublisherAsync();
        f.Append(50);
        await f.DrainedAsync();

        Assert.Equal(100, hub.Contiguous);
        Assert.Equal(100, hub.Arrivals.Count);
    }

    [Fact]
    public async Task A_stop_brings_out_what_is_left_within_its_limit()
    {
        await using var broker = new TestBroker();
        await using TestHub hub = await new TestHub(broker.Address).StartAsync();
        await using PublisherFixture f = new PublisherFixture(broker.Address).Start();
        await Eventually.TrueAsync(() => f.Publisher.Statistics.Connected, "connected");
        f.Append(300);

        await f.Publisher.StopAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(300, hub.Contiguous);
    }

    [Fact]
    public async Task With_a_rate_limit_new_batches_go_first()
    {
        await using var broker = new TestBroker();
        await using TestHub hub = await new TestHub(broker.Address).StartAsync();
        await using PublisherFixture f = new PublisherFixture(broker.Address, c => c with { RatePerSecondMax = 2 });
        f.Append(100);
        f.Start();
        await Eventually.TrueAsync(() => !hub.Arrivals.IsEmpty, "the backlog begins");

        f.Append();
        await Eventually.TrueAsync(() => hub.Has(101), "the new batch");

        Assert.False(hub.Has(100));
        Assert.Contains(101, hub.Arrivals.Take(20));
    }
}
