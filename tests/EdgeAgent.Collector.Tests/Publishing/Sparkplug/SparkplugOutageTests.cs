using EdgeAgent.Collector.Tests.Publishing.Sparkplug.Wire;
using EdgeAgent.Core.Configuration;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Publishing.Sparkplug;

/// <summary>Brokers that go, hosts that go, and what the buffer kept meanwhile.</summary>
public sealed class SparkplugOutageTests
{
    [Fact]
    public async Task What_was_read_while_the_broker_was_away_comes_as_history_and_nothing_is_missing()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await using var f = new NodeFixture([broker.Address]);
        f.AppendAll(0);
        f.Start();
        await host.UntilAsync("DDATA", 2);
        for (int i = 1; i <= 20; i++)
        {
            f.AppendCount(i);
        }

        await broker.StopAsync();
        for (int i = 21; i <= 60; i++)
        {
            f.AppendCount(i);
        }

        await Eventually.TrueAsync(() => !host.IsConnected && !f.Publisher.Statistics.Connected, "both have lost the broker");
        broker.Start();
        await Eventually.TrueAsync(() => host.IsConnected, "the host is back");
        await host.AskForRebirthAsync("plant", "gw-01");
        await f.DrainedAsync();
        f.AppendCount(61);
        await Eventually.TrueAsync(() => host.DataOf("press-01", NodeFixture.Count).Any(metric => metric.LongValue == 61), "what is new again");

        Assert.False(host.DataOf("press-01", NodeFixture.Count).Last(metric => metric.LongValue == 61).IsHistorical);
        Assert.All(host.DataOf("press-01", NodeFixture.Count).Where(metric => metric.LongValue is > 21 and <= 60), metric => Assert.True(metric.IsHistorical));
        Assert.True(f.Publisher.Statistics.Acknowledged >= 61);
    }

    [Fact]
    public async Task With_a_primary_host_a_killed_broker_costs_repeats_and_no_reading()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        long clock = 1;
        await host.StateAsync(NodeFixture.Host, online: true, clock);
        await using var f = new NodeFixture([broker.Address], WithHost);
        f.AppendAll(0);
        f.Start();
        await host.UntilAsync("DDATA", 2);
        long next = 1;
        for (int kill = 0; kill < 5; kill++)
        {
            for (int i = 0; i < 100; i++)
            {
                f.AppendCount(next++);
            }

            // In the middle of what is on its way.
            await broker.StopAsync();
            f.AppendCount(next++);
            broker.Start();
            await Eventually.TrueAsync(() => host.IsConnected, "the host is back");
            await host.StateAsync(NodeFixture.Host, online: true, ++clock);
        }

        await f.DrainedAsync();
        HashSet<ulong> told = [.. host.DataOf("press-01", NodeFixture.Count).Select(metric => metric.LongValue)];
        Assert.Equal(Enumerable.Range(0, (int)next).Select(i => (ulong)i), told.Order());
        Assert.True(f.Publisher.Statistics.Published >= next);
    }

    [Fact]
    public async Task Nothing_is_born_before_the_primary_host_is_online()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await using var f = new NodeFixture([broker.Address], WithHost);
        f.AppendAll();
        f.Start();
        await Eventually.TrueAsync(() => f.Publisher.Statistics.Waiting, "the node waits");
        await host.StateAsync("another", online: true, 5);
        await host.StateAsync(NodeFixture.Host, online: false, 5);
        await Eventually.TrueAsync(() => f.Publisher.Statistics.Connected, "connected all the same");
        Assert.Empty(host.Messages);
        Assert.Equal(1, f.Publisher.Statistics.Lag);

        // Older than what was said before: a will delivered late, or a clock put back.
        await host.StateAsync(NodeFixture.Host, online: true, 4);
        Assert.True(f.Publisher.Statistics.Waiting);
        Assert.Empty(host.Messages);
        await host.StateAsync(NodeFixture.Host, online: true, 6);
        await host.UntilAsync("DDATA", 2);
        await f.DrainedAsync();
    }

    [Fact]
    public async Task A_host_that_goes_offline_ends_the_session_and_a_stale_word_does_not()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await host.StateAsync(NodeFixture.Host, online: true, 10);
        await using var f = new NodeFixture([broker.Address], WithHost);
        f.AppendAll();
        f.Start();
        await host.UntilAsync("DDATA", 2);
        await host.StateAsync(NodeFixture.Host, online: false, 9);
        f.AppendCount(2);
        await host.UntilAsync("DDATA", 3);
        Assert.Empty(host.Of("NDEATH"));

        await host.StateAsync(NodeFixture.Host, online: false, 11);
        await host.UntilAsync("NDEATH");
        Assert.Equal(host.Of("NBIRTH")[0].Find("bdSeq")!.LongValue, host.Of("NDEATH")[0].Find("bdSeq")!.LongValue);
        await Eventually.TrueAsync(() => f.Publisher.Statistics is { Connected: true, Waiting: true }, "it is connected anew and waits");
        f.AppendCount(3);
        Assert.Single(host.Of("NBIRTH"));
        Assert.DoesNotContain(host.DataOf("press-01", NodeFixture.Count), metric => metric.LongValue == 3);

        await host.StateAsync(NodeFixture.Host, online: true, 12);
        await host.UntilAsync("NBIRTH", 2);
        Assert.NotEqual(host.Of("NBIRTH")[0].Find("bdSeq")!.LongValue, host.Of("NBIRTH")[1].Find("bdSeq")!.LongValue);
        await Eventually.TrueAsync(() => host.DataOf("press-01", NodeFixture.Count).Any(metric => metric is { LongValue: 3, IsHistorical: true }), "kept meanwhile");
        await f.DrainedAsync();
    }

    [Fact]
    public async Task The_node_walks_to_the_server_where_its_primary_host_is()
    {
        await using var first = new TestBroker();
        await using var second = new TestBroker();
        await using TestHost atFirst = await new TestHost(first.Address).StartAsync();
        await using TestHost atSecond = await new TestHost(second.Address).StartAsync();
        await atFirst.StateAsync(NodeFixture.Host, online: true, 1);
        await atSecond.StateAsync(NodeFixture.Host, online: false, 1);
        await using var f = new NodeFixture([first.Address, second.Address], WithHost);
        f.AppendAll();
        f.Start();
        await atFirst.UntilAsync("DDATA", 2);
        await f.DrainedAsync();

        await atSecond.StateAsync(NodeFixture.Host, online: true, 2);
        await atFirst.StateAsync(NodeFixture.Host, online: false, 2);
        await atFirst.UntilAsync("NDEATH");
        await atSecond.UntilAsync("DBIRTH", 2);
        f.AppendCount(7);
        await atSecond.UntilAsync("DDATA");
        Assert.DoesNotContain(atFirst.DataOf("press-01", NodeFixture.Count), metric => metric.LongValue == 7);

        // One server at a time: the first one has no more of this node than its will's client.
        Assert.Equal(second.Address, f.Publisher.Statistics.Broker);
    }

    [Fact]
    public async Task A_server_that_knows_nothing_of_the_host_is_left_after_a_while()
    {
        await using var empty = new TestBroker();
        await using var right = new TestBroker();
        await using TestHost host = await new TestHost(right.Address).StartAsync();
        await host.StateAsync(NodeFixture.Host, online: true, 1);
        await using var f = new NodeFixture([empty.Address, right.Address], WithHost);
        f.AppendAll();
        f.Start();

        await host.UntilAsync("DDATA", 2);
        await f.DrainedAsync();
    }

    [Fact]
    public async Task A_device_silent_by_now_is_born_for_its_past_and_dies_behind_it()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await using var f = new NodeFixture([broker.Address]);
        f.AppendAll();
        f.AppendSilence();
        f.Start();
        await host.UntilAsync("DDEATH");
        await f.DrainedAsync();

        HostMessage[] ofPress = [.. host.Messages.Where(message => message.Device == "press-02")];
        Assert.Equal("DBIRTH", ofPress[0].Kind);
        Assert.Equal("DDEATH", ofPress[^1].Kind);
        Assert.Contains(host.DataOf("press-02", NodeFixture.Speed), metric => metric is { DoubleValue: 1450.25, IsHistorical: true });
    }

    [Fact]
    public async Task A_backlog_of_an_older_plant_is_told_after_a_restart_with_its_own_names()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await using var f = new NodeFixture([broker.Address]);
        f.Start();
        f.AppendAll(1);
        await f.DrainedAsync();
        await broker.StopAsync();
        f.AppendCount(2);
        f.Redefine(NodeFixture.Define("bar"));
        f.AppendCount(3);

        // The batch that brought the first definition is gone from the buffer; the publisher has it on disk.
        await f.RestartAsync();
        broker.Start();
        await f.DrainedAsync();
        await Eventually.TrueAsync(() => host.IsConnected, "the host is back");

        Assert.Equal(0, f.Publisher.Statistics.PassedOver);
        Assert.Equal(0, f.Buffer.ReadStatistics().DiscardedReadings);
    }

    private static PublisherConfig WithHost(PublisherConfig config) => config with
    {
        Sparkplug = config.Sparkplug! with { PrimaryHost = NodeFixture.Host, ConfirmAfterMs = 300 },
    };
}
