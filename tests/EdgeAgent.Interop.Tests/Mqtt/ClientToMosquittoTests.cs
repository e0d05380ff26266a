using System.Text;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.Mqtt;

public sealed class ClientToMosquittoTests
{
    public static TheoryData<MqttVersion> Versions => [MqttVersion.V311, MqttVersion.V5];

    [PartnerTheory("mosquitto")]
    [MemberData(nameof(Versions))]
    public async Task Messages_of_every_QoS_travel_both_ways(MqttVersion version)
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        var inbox = new Inbox();
        await using MqttClient subscriber = await Clients.ConnectAsync(Clients.Options(broker.Port, version), inbox.Handler);
        await subscriber.SubscribeAsync([new("a/+/c", MqttQos.ExactlyOnce), new("b/#", MqttQos.AtLeastOnce)]);
        await using MqttClient publisher = await Clients.ConnectAsync(Clients.Options(broker.Port, version));
        foreach (MqttQos qos in Enum.GetValues<MqttQos>())
        {
            for (int i = 0; i < 50; i++)
            {
                MqttPublishResult result = await publisher.PublishAsync($"a/{(int)qos}/c", Encoding.UTF8.GetBytes($"{i}"), qos);
                Assert.True(result.IsAcknowledged, result.ToString());
            }
        }
        await inbox.UntilAsync(150);
        foreach (IGrouping<string, (string Topic, string Payload, MqttQos Qos, bool Retain)> topic in inbox.Messages.GroupBy(m => m.Topic))
        {
            Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}"), topic.Select(m => m.Payload));
            Assert.All(topic, m => Assert.Equal(topic.Key, $"a/{(int)m.Qos}/c"));
        }
    }

    [PartnerTheory("mosquitto")]
    [MemberData(nameof(Versions))]
    public async Task A_large_message_arrives_whole(MqttVersion version)
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        byte[]? received = null;
        await using MqttClient client = await Clients.ConnectAsync(Clients.Options(broker.Port, version), (message, _) =>
        {
            Volatile.Write(ref received, message.Payload.ToArray());
            return default;
        });
        await client.SubscribeAsync([new("large")]);
        byte[] payload = new byte[5_000_000];
        new Random(1).NextBytes(payload);
        Assert.True((await client.PublishAsync("large", payload)).IsAcknowledged);
        await Eventually.TrueAsync(() => Volatile.Read(ref received) != null, "the message arrives");
        Assert.Equal(payload, received);
    }

    [PartnerTheory("mosquitto")]
    [MemberData(nameof(Versions))]
    public async Task A_resumed_session_brings_what_came_meanwhile(MqttVersion version)
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        MqttClientOptions options = Clients.Options(broker.Port, version) with { ClientId = "sleeper", CleanStart = false };
        await using (MqttClient first = await Clients.ConnectAsync(options))
        {
            await first.SubscribeAsync([new("night/#", MqttQos.ExactlyOnce)]);
            await first.DisconnectAsync();
        }
        await using MqttClient publisher = await Clients.ConnectAsync(Clients.Options(broker.Port, version));
        for (int i = 0; i < 30; i++)
        {
            await publisher.PublishAsync("night/shift", Encoding.UTF8.GetBytes($"{i}"), (MqttQos)(1 + i % 2));
        }
        var inbox = new Inbox();
        var events = new ClientEvents();
        await using MqttClient second = await Clients.ConnectAsync(options, inbox.Handler, events);
        await inbox.UntilAsync(30);
        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"{i}"), inbox.Messages.Select(m => m.Payload));
        Assert.Equal([true], events.SessionsPresent);
    }

    [PartnerFact("mosquitto")]
    public async Task Retained_messages_and_wills_arrive()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using MqttClient publisher = await Clients.ConnectAsync(Clients.Options(broker.Port));
        await publisher.PublishAsync("state/a", "on"u8.ToArray(), retain: true);
        var inbox = new Inbox();
        await using MqttClient watcher = await Clients.ConnectAsync(Clients.Options(broker.Port), inbox.Handler);
        await watcher.SubscribeAsync([new("state/#")]);
        await inbox.UntilAsync(1);
        Assert.Equal(("state/a", "on", MqttQos.AtLeastOnce, true), inbox.Messages[0]);

        await using var proxy = new TcpProxy(broker.Port);
        MqttClientOptions withWill = Clients.Options(proxy.Port) with { Will = new MqttWill("state/b", "offline"u8.ToArray()) };
        await using (MqttClient polite = await Clients.ConnectAsync(withWill))
        {
        }
        await using MqttClient rude = await Clients.ConnectAsync(withWill with { Will = withWill.Will with { Payload = "gone"u8.ToArray() } });
        proxy.Refuse = true;
        proxy.Cut();
        await inbox.UntilAsync(2);
        Assert.Equal("gone", inbox.Messages[1].Payload);
    }

    [PartnerFact("mosquitto")]
    public async Task Wrong_passwords_and_unreachable_brokers_are_told_in_words()
    {
        using var directory = new TempDirectory();
        string passwords = directory.File("passwords");
        await using (PartnerProcess tool = PartnerProcess.Start("mosquitto_passwd", ["-b", "-c", passwords, "gw", "secret"]))
        {
            await tool.WaitForExitAsync();
        }
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync("allow_anonymous false", $"password_file {passwords}");
        await using MqttClient good = await Clients.ConnectAsync(Clients.Options(broker.Port) with { User = "gw", Password = "secret" });
        Assert.True(good.IsConnected);

        var events = new ClientEvents();
        await using var bad = new MqttClient(Clients.Options(broker.Port) with { User = "gw", Password = "wrong" }, TimeProvider.System, null, events);
        await bad.StartAsync();
        await Eventually.TrueAsync(() => !events.Failures.IsEmpty, "the refusal is reported");
        Assert.Contains("refused", events.Failures.First());
        Assert.Contains("password", events.Failures.First());

        var nowhere = new ClientEvents();
        await using var lost = new MqttClient(Clients.Options(FreePort.Tcp()), TimeProvider.System, null, nowhere);
        await lost.StartAsync();
        await Eventually.TrueAsync(() => !nowhere.Failures.IsEmpty, "the failure is reported");
        Assert.Contains("connecting (TCP) failed", nowhere.Failures.First());
        Assert.Equal(MqttPublishStatus.ConnectionLost, (await lost.PublishAsync("x", default)).Status);
    }
}
