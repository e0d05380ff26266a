using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using EdgeAgent.Protocols.Mqtt.Packets;
using EdgeAgent.TestKit;

namespace EdgeAgent.Protocols.Tests.Mqtt.Client;

/// <summary>Brokers that are silent in various ways, under a clock that the test moves.</summary>
public sealed class ClientDeadlineTests
{
    [Fact]
    public async Task A_publish_to_a_silent_broker_ends_within_its_deadline()
    {
        await using var client = new ClientUnderTest();
        ScriptedBroker.Link link = await client.ConnectAsync();
        ValueTask<MqttPublishResult> publishing = client.Client.PublishAsync("t", new byte[10]);
        await link.ReadPublishAsync();
        Task<MqttPublishResult> result = publishing.AsTask();
        TimeSpan waited = await client.AdvanceUntilAsync(result, TimeSpan.FromSeconds(30));
        Assert.Equal(MqttPublishStatus.ConnectionLost, (await result).Status);
        // A quarter of the deadline until the early ping, the deadline, and two timer steps.
        Assert.InRange(waited.TotalSeconds, 5, 10);
        MqttConnectionLoss loss = await client.LossAsync();
        Assert.Equal(MqttLossCause.Silent, loss.Cause);
        Assert.Contains("PINGRESP and PUBACK", loss.Text);
    }

    [Fact]
    public async Task An_idle_connection_to_a_silent_broker_is_noticed_by_ping()
    {
        await using var client = new ClientUnderTest();
        ScriptedBroker.Link link = await client.ConnectAsync();
        Task<MqttConnectionLoss> loss = client.LossAsync();
        TimeSpan waited = await client.AdvanceUntilAsync(loss, TimeSpan.FromSeconds(60));
        Assert.Equal(MqttLossCause.Silent, (await loss).Cause);
        Assert.InRange(waited.TotalSeconds, 10, 20);
        Assert.Equal(MqttPacketType.PingReq, (await link.ReadAsync()).Type);
    }

    [Fact]
    public async Task A_broker_that_answers_pings_but_never_acknowledges_is_left_after_the_long_deadline()
    {
        await using var client = new ClientUnderTest(o => o with { AcknowledgeTimeoutMs = 20_000 });
        ScriptedBroker.Link link = await client.ConnectAsync();
        Task<MqttPublishResult> result = client.Client.PublishAsync("t", new byte[10]).AsTask();
        Task answering = AnswerPingsAsync(link);
        TimeSpan waited = await client.AdvanceUntilAsync(result, TimeSpan.FromSeconds(60));
        Assert.InRange(waited.TotalSeconds, 20, 23);
        Assert.Contains("has not acknowledged", (await client.LossAsync()).Text);
        await answering;
    }

    [Fact]
    public async Task A_missing_CONNACK_is_told_with_the_step_and_the_next_broker_is_tried()
    {
        await using var client = new ClientUnderTest(o => o with { Brokers = [new("first", 1, false), new("second", 2, false)] });
        await client.Client.StartAsync();
        ScriptedBroker.Link silent = await client.Broker.NextAsync();
        await silent.ReadAsync();
        Task<ScriptedBroker.Link> welcome = client.Broker.WelcomeAsync();
        TimeSpan waited = await client.AdvanceUntilAsync(welcome, TimeSpan.FromSeconds(60));
        Assert.InRange(waited.TotalSeconds, 9, 11);
        await client.Client.WaitConnectedAsync().WaitAsync(ScriptedBroker.Limits.Hang);
        Assert.Equal("second", client.Client.Broker!.Host);
        string failure = Assert.Single(client.Failures);
        Assert.Contains("mqtt://first:1", failure);
        Assert.Contains("waiting for CONNACK", failure);
    }

    [Fact]
    public async Task After_all_brokers_failed_the_delays_grow_to_their_limit_and_half_of_them_is_random()
    {
        await using var client = new ClientUnderTest(o => o with { BackoffMinMs = 1000, BackoffMaxMs = 8000 });
        client.Client.Random = () => 1.0;
        client.Broker.Refuse = _ => new IOException("refused");
        await client.Client.StartAsync();
        await Eventually.TrueAsync(() => client.Delays.Count == 1, "the first failure");
        for (int i = 2; i <= 6; i++)
        {
            await client.Time.WaitForTimersAsync(1);
            client.Time.Advance(client.Delays[^1]);
            int count = i;
            await Eventually.TrueAsync(() => client.Delays.Count == count, $"failure {i}");
        }
        Assert.Equal([1, 2, 4, 8, 8, 8], client.Delays.Select(d => d.TotalSeconds));
        client.Client.Random = () => 0.0;
        await client.Time.WaitForTimersAsync(1);
        client.Time.Advance(client.Delays[^1]);
        await Eventually.TrueAsync(() => client.Delays.Count == 7, "the last failure");
        Assert.Equal(4, client.Delays[^1].TotalSeconds);
    }

    private static async Task AnswerPingsAsync(ScriptedBroker.Link link)
    {
        try
        {
            while (true)
            {
                if ((await link.ReadAsync()).Type == MqttPacketType.PingReq)
                {
                    await link.Send(PingPacket.WriteResponse);
                }
            }
        }
        catch (Exception end) when (end is EndOfStreamException or InvalidOperationException)
        {
            // The client has closed.
        }
    }
}
