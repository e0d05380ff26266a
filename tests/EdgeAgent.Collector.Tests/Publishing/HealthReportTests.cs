using System.Text;
using EdgeAgent.Collector.Publishing;
using EdgeAgent.Collector.Publishing.Batch;
using EdgeAgent.Core.Batches;
using EdgeAgent.Protocols.Mqtt.Client;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Publishing;

public sealed class HealthReportTests
{
    [Fact]
    public async Task How_the_agent_fares_is_told_after_ten_seconds_and_more_rarely_with_many_devices()
    {
        await using var broker = new TestBroker();
        await using TestHub hub = await new TestHub(broker.Address).StartAsync();
        await using var buffer = new PublisherFixture(broker.Address);
        await using var client = new MqttClient(new MqttClientOptions { Brokers = [MqttBrokerAddress.Parse(broker.Address)], ClientId = "agent" }, TimeProvider.System);
        await client.StartAsync();
        await client.WaitConnectedAsync(CancellationToken.None);
        FakeTimeProvider time = new();
        int asked = 0;
        AgentHealth Health()
        {
            asked++;
            return new AgentHealth(
                7, new HealthBuffer(9, 5, 4, 0, 1, 3, 4096), [], [.. Enumerable.Range(0, 300).Select(i => new HealthDevice($"d{i}", "line", true, false, "live", 1000))], [], []);
        }

        using HealthReport report = new(Health, new PublisherIdentity("plant", "gw-01", "1.2", new byte[1]), buffer.Buffer, client, time);
        report.Start();
        Assert.Equal(0, asked);
        time.Advance(TimeSpan.FromSeconds(10));
        await Eventually.TrueAsync(() => hub.Retained.ContainsKey("Status"), "the hub is told");

        Assert.True(AgentStatus.TryParse(Encoding.UTF8.GetBytes(hub.Retained["Status"]), out AgentStatus? told));
        Assert.Equal((true, "1.2", 4L, 300), (told.Online, told.Version, told.Health!.Buffer.Pending, told.Health.Devices.Count));
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(1, asked);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, asked);
    }
}
