using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.Mqtt;

public sealed class ClientTlsTests
{
    [PartnerFact("mosquitto")]
    public async Task TLS_connects_when_the_CA_or_the_pin_is_right_and_not_otherwise()
    {
        using var authority = new TestAuthority();
        using var stranger = new TestAuthority("Somebody else");
        (string certificate, string key, string sha256) = authority.Issue("127.0.0.1");
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync(
            "allow_anonymous true", $"certfile {certificate}", $"keyfile {key}", $"cafile {authority.CaFile}");
        foreach (MqttTlsOptions good in (MqttTlsOptions[])[new() { CaFile = authority.CaFile }, new() { PinnedSha256 = sha256 }, new() { CaFile = authority.CaFile, PinnedSha256 = sha256 }])
        {
            await using MqttClient client = await Clients.ConnectAsync(Options(broker.Port, good));
            Assert.True((await client.PublishAsync("x", new byte[100_000])).IsAcknowledged);
        }
        await RefusesAsync(Options(broker.Port, new() { CaFile = stranger.CaFile }), "not signed by an authority of the CA file");
        await RefusesAsync(Options(broker.Port, new() { PinnedSha256 = new string('0', 64) }), "not the pinned one");
        await RefusesAsync(Options(broker.Port, new() { CaFile = authority.CaFile, ServerName = "broker.example" }), "not made out to the name");
        await RefusesAsync(Clients.Options(broker.Port), "TLS");
    }

    [PartnerFact("mosquitto")]
    public async Task Mutual_TLS_takes_the_user_from_the_client_certificate()
    {
        using var authority = new TestAuthority();
        (string certificate, string key, _) = authority.Issue("127.0.0.1");
        (string ownCertificate, string ownKey, _) = authority.Issue("gw-01");
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync(
            $"certfile {certificate}", $"keyfile {key}", $"cafile {authority.CaFile}", "require_certificate true", "use_identity_as_username true");
        var tls = new MqttTlsOptions { CaFile = authority.CaFile, CertificateFile = ownCertificate, KeyFile = ownKey };
        var inbox = new Inbox();
        await using MqttClient client = await Clients.ConnectAsync(Options(broker.Port, tls), inbox.Handler);
        await client.SubscribeAsync([new("t", MqttQos.ExactlyOnce)]);
        Assert.True((await client.PublishAsync("t", "secure"u8.ToArray(), MqttQos.ExactlyOnce)).IsAcknowledged);
        await inbox.UntilAsync(1);
        await RefusesAsync(Options(broker.Port, new() { CaFile = authority.CaFile }), "");
    }

    private static MqttClientOptions Options(int port, MqttTlsOptions tls) => Clients.Options(port) with
    {
        Brokers = [new MqttBrokerAddress("127.0.0.1", port, true)],
        Tls = tls,
    };

    private static async Task RefusesAsync(MqttClientOptions options, string words)
    {
        var events = new ClientEvents();
        await using var client = new MqttClient(options, TimeProvider.System, null, events);
        await client.StartAsync();
        await Eventually.TrueAsync(() => !events.Failures.IsEmpty || !events.Losses.IsEmpty, "the failure is reported");
        Assert.Contains(words, string.Join(" ", [.. events.Failures, .. events.Losses.Select(l => l.Text)]));
        Assert.Equal(MqttPublishStatus.ConnectionLost, (await client.PublishAsync("x", new byte[1])).Status);
    }
}
