using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Publishing;

/// <summary>Complaint 3 of the field against a broker of others: killed with nothing on disk, and frozen instead of stopped.</summary>
public sealed class MosquittoPublishingTests
{
    [PartnerTheory("mosquitto")]
    [InlineData(4, PublishAcknowledge.Store)]
    [InlineData(5, PublishAcknowledge.Store)]
    [InlineData(4, PublishAcknowledge.Broker)]
    [InlineData(5, PublishAcknowledge.Broker)]
    public async Task A_broker_killed_again_and_again_costs_no_batch(int version, PublishAcknowledge acknowledge)
    {
        int port = FreePort.Tcp();
        PartnerProcess broker = await StartAsync(port);
        await using TestHub hub = await new TestHub($"mqtt://127.0.0.1:{port}", (MqttVersion)version).StartAsync();
        await using PublisherFixture f = new PublisherFixture(
            $"mqtt://127.0.0.1:{port}", c => c with { ProtocolVersion = version, Acknowledge = acknowledge }).Start();
        for (int kill = 0; kill < 3; kill++)
        {
            long published = f.Publisher.Statistics.Published;
            f.Append(500);
            await Eventually.TrueAsync(() => f.Publisher.Statistics.Published > published, "batches go out");
            broker.Kill();
            await broker.DisposeAsync();
            broker = await StartAsync(port);
        }

        await f.DrainedAsync();

        Assert.Equal(1500 * 10, f.Buffer.ReadStatistics().AcknowledgedReadings);
        if (acknowledge == PublishAcknowledge.Store)
        {
            Assert.Equal(1500, hub.Contiguous);
        }

        await broker.DisposeAsync();
    }

    [PartnerFact("mosquitto")]
    public async Task A_broker_that_freezes_is_noticed_and_costs_no_batch()
    {
        int port = FreePort.Tcp();
        await using PartnerProcess broker = await StartAsync(port);
        await using TestHub hub = await new TestHub($"mqtt://127.0.0.1:{port}").StartAsync();
        await using PublisherFixture f = new PublisherFixture(
            $"mqtt://127.0.0.1:{port}", c => c with { KeepAliveSeconds = 1, ConnectTimeoutMs = 1000 }).Start();
        f.Append(100);
        await f.DrainedAsync();

        broker.Freeze();
        f.Append(300);
        await Eventually.TrueAsync(() => !f.Publisher.Statistics.Connected, "the silence is noticed");
        broker.Thaw();
        await f.DrainedAsync();

        Assert.Equal(400, hub.Contiguous);
    }

    private static async Task<PartnerProcess> StartAsync(int port)
    {
        PartnerProcess broker = PartnerProcess.Start("mosquitto", ["-p", $"{port}"]);
        await Eventually.PortOpenAsync(port);
        return broker;
    }
}
