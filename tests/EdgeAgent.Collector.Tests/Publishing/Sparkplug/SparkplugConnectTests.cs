using System.Text;
using EdgeAgent.Collector.Tests.Publishing.Sparkplug.Wire;
using EdgeAgent.Protocols.Sparkplug;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Publishing.Sparkplug;

/// <summary>What the node says to a broker, byte by byte: CONNECT with its will, subscriptions, goodbye.</summary>
public sealed class SparkplugConnectTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task The_connection_is_clean_and_its_will_is_the_death_of_the_birth_that_follows(int version)
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        var bytes = new ClientBytes();
        await using TcpProxy proxy = Watch(broker, bytes);
        await using NodeFixture f = new NodeFixture([$"mqtt://127.0.0.1:{proxy.Port}"], c => c with { ProtocolVersion = version }).Start();
        await host.UntilAsync("NBIRTH");

        ClientBytes.Connect connect = bytes.FirstConnect();
        Assert.Equal(version, connect.Version);
        Assert.True(connect.CleanStart && connect.HasWill);
        Assert.False(connect.HasSessionExpiry);
        Assert.Equal((1, false), (connect.WillQos, connect.WillRetain));
        Assert.Equal("spBv1.0/plant/NDEATH/gw-01", connect.WillTopic);
        PayloadMessage will = PayloadMessage.Parser.ParseFrom(connect.WillPayload);
        Assert.False(will.HasSeq);
        MetricMessage bdSeq = Assert.Single(will.Metrics);
        Assert.Equal(("bdSeq", (uint)SparkplugDataType.Int64), (bdSeq.Name, bdSeq.Datatype));
        Assert.Equal(host.Of("NBIRTH")[0].Find("bdSeq")!.LongValue, bdSeq.LongValue);
    }

    [Fact]
    public async Task The_node_hears_commands_before_it_is_born_and_the_state_of_its_host()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await host.StateAsync(NodeFixture.Host, online: true, 1);
        var bytes = new ClientBytes();
        await using TcpProxy proxy = Watch(broker, bytes);
        await using NodeFixture f = new NodeFixture(
            [$"mqtt://127.0.0.1:{proxy.Port}"], c => c with { Sparkplug = c.Sparkplug! with { PrimaryHost = NodeFixture.Host } }).Start();
        await host.UntilAsync("NBIRTH");

        Assert.Equal([("spBv1.0/plant/NCMD/gw-01", 1), ("spBv1.0/STATE/scada", 1)], bytes.Subscriptions(v5: true));
        List<int> kinds = [.. bytes.Kinds];
        Assert.Equal(1, kinds[0]);
        Assert.True(kinds.IndexOf(8) < kinds.IndexOf(3));
    }

    [Fact]
    public async Task A_goodbye_by_MQTT_5_asks_for_the_will_behind_the_death()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        var bytes = new ClientBytes();
        await using TcpProxy proxy = Watch(broker, bytes);
        await using NodeFixture f = new NodeFixture([$"mqtt://127.0.0.1:{proxy.Port}"]).Start();
        await host.UntilAsync("NBIRTH");
        await f.Publisher.StopAsync(TimeSpan.FromSeconds(5));
        await host.UntilAsync("NDEATH");
        // The host may have the death before the watched bytes behind it have passed.
        await Eventually.TrueAsync(() => bytes.Kinds[^1] == 14, "a DISCONNECT goes by");

        IReadOnlyList<(byte First, byte[] Body)> packets = bytes.Packets;
        Assert.Equal(14, packets[^1].First >> 4);
        Assert.Equal(0x04, packets[^1].Body[0]);
        (byte First, byte[] Body) last = packets.Last(packet => packet.First >> 4 == 3);
        Assert.Contains("/NDEATH/", Encoding.UTF8.GetString(last.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_followed_by_the_will_and_by_a_birth_with_the_next_number()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await using var proxy = new TcpProxy(broker.Port);
        await using var f = new NodeFixture([$"mqtt://127.0.0.1:{proxy.Port}"]);
        f.AppendAll();
        f.Start();
        await host.UntilAsync("DDATA", 2);
        proxy.Cut();
        await host.UntilAsync("NBIRTH", 2);
        await host.UntilAsync("NDEATH");

        Assert.Equal(host.Of("NBIRTH")[0].Find("bdSeq")!.LongValue, host.Of("NDEATH")[0].Find("bdSeq")!.LongValue);
        Assert.Equal([0UL, 1UL], host.Of("NBIRTH").Select(message => message.Find("bdSeq")!.LongValue));
    }

    private static TcpProxy Watch(TestBroker broker, ClientBytes bytes) => new(broker.Port)
    {
        Edit = (data, direction) =>
        {
            if (direction == ProxyDirection.ToServer)
            {
                bytes.Add(data.Span);
            }

            return data;
        },
    };
}
