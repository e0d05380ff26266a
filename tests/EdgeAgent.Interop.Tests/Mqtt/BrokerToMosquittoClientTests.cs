using EdgeAgent.Core.Configuration;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.Mqtt;

public sealed class BrokerToMosquittoClientTests
{
    public static TheoryData<string, int> VersionsAndQos
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string version in (string[])["mqttv311", "mqttv5"])
            {
                for (int qos = 0; qos <= 2; qos++)
                {
                    data.Add(version, qos);
                }
            }
            return data;
        }
    }

    [PartnerTheory("mosquitto")]
    [MemberData(nameof(VersionsAndQos))]
    public async Task Messages_pass_from_mosquitto_pub_to_mosquitto_sub(string version, int qos)
    {
        await using BrokerHost broker = await BrokerHost.StartAsync();
        await using PartnerProcess subscriber = Subscribe(broker.Port, "-V", version, "-q", $"{qos}", "-t", "a/+/c", "-C", "3", "-v", "-d");
        await SubscribedAsync(broker, 1);
        foreach (string payload in (string[])["one", "two", "three"])
        {
            await PublishAsync(broker.Port, "-V", version, "-q", $"{qos}", "-t", "a/b/c", "-m", payload);
        }
        await subscriber.WaitForExitAsync();
        Assert.Equal(["a/b/c one", "a/b/c two", "a/b/c three"], subscriber.Output.Split('\n').Where(l => l.StartsWith("a/b/c ", StringComparison.Ordinal)));
    }

    [PartnerFact("mosquitto")]
    public async Task A_retained_message_and_a_will_reach_mosquitto_sub()
    {
        await using BrokerHost broker = await BrokerHost.StartAsync();
        await PublishAsync(broker.Port, "-r", "-q", "1", "-t", "state/a", "-m", "kept");
        await using PartnerProcess subscriber = Subscribe(broker.Port, "-q", "1", "-t", "state/#", "-C", "2", "-v");
        await subscriber.WaitForLineAsync("state/a kept");
        await using PartnerProcess dying = Subscribe(broker.Port, "-t", "x", "-d", "--will-topic", "state/b", "--will-payload", "died", "--will-qos", "1");
        await SubscribedAsync(broker, 2);
        dying.Kill();
        await subscriber.WaitForExitAsync();
        Assert.Contains("state/b died", subscriber.Output);
    }

    [PartnerFact("mosquitto")]
    public async Task Passwords_and_topic_rules_hold()
    {
        await using BrokerHost broker = await BrokerHost.StartAsync(new BrokerConfig
        {
            Listen = "127.0.0.1:0",
            Users = [new BrokerUserConfig { Name = "gw", Password = new Secret("s3cret"), Publish = ["site/%c/#"], Subscribe = ["site/%c/ack"] }],
        });
        await PublishAsync(broker.Port, "-u", "gw", "-P", "s3cret", "-i", "gw-01", "-q", "1", "-V", "mqttv5", "-t", "site/gw-01/batch", "-m", "x");
        Assert.NotEqual(0, await ExitOfAsync(broker.Port, "-u", "gw", "-P", "wrong", "-t", "site/gw-01/batch", "-m", "x"));
        Assert.NotEqual(0, await ExitOfAsync(broker.Port, "-t", "site/gw-01/batch", "-m", "x"));
        await using PartnerProcess denied = Publish(broker.Port, "-u", "gw", "-P", "s3cret", "-i", "gw-01", "-q", "1", "-V", "mqttv5", "-t", "site/gw-02/batch", "-m", "x");
        await denied.WaitForExitAsync();
        Assert.Contains("Not authorized", denied.Output);
        await using PartnerProcess listener = Subscribe(broker.Port, "-u", "gw", "-P", "s3cret", "-i", "gw-01", "-t", "#", "-V", "mqttv5", "-d");
        await listener.WaitForExitAsync();
        Assert.Contains("denied", listener.Output);
    }

    [PartnerFact("mosquitto")]
    public async Task TLS_with_client_certificates_lets_in_whom_the_CA_signed()
    {
        using var authority = new TestAuthority();
        using var stranger = new TestAuthority("Somebody else");
        (string certificate, string key, _) = authority.Issue("127.0.0.1");
        (string goodCertificate, string goodKey, _) = authority.Issue("gw-01");
        (string badCertificate, string badKey, _) = stranger.Issue("gw-01");
        await using BrokerHost broker = await BrokerHost.StartAsync(new BrokerConfig
        {
            TlsListen = "127.0.0.1:0",
            CertificateFile = certificate,
            KeyFile = key,
            ClientCaFile = authority.CaFile,
            Users = [new BrokerUserConfig { Name = "gw-01", Publish = ["t"], Subscribe = ["t"] }],
        });
        string[] trust = ["--cafile", authority.CaFile, "-t", "t", "-m", "x", "-q", "1", "-V", "mqttv5"];
        await PublishAsync(broker.Port, [.. trust, "--cert", goodCertificate, "--key", goodKey]);
        Assert.NotEqual(0, await ExitOfAsync(broker.Port, [.. trust, "--cert", badCertificate, "--key", badKey]));
        Assert.NotEqual(0, await ExitOfAsync(broker.Port, trust));
    }

    // mosquitto_sub does not flush what it says of a subscription.
    private static Task SubscribedAsync(BrokerHost broker, int count) =>
        Eventually.TrueAsync(() => broker.Broker.Core.Statistics.Subscriptions == count, $"{count} subscriptions");

    private static PartnerProcess Subscribe(int port, params string[] arguments) =>
        PartnerProcess.Start("mosquitto_sub", ["-h", "127.0.0.1", "-p", $"{port}", .. arguments]);

    private static PartnerProcess Publish(int port, params string[] arguments) =>
        PartnerProcess.Start("mosquitto_pub", ["-h", "127.0.0.1", "-p", $"{port}", .. arguments]);

    private static async Task PublishAsync(int port, params string[] arguments)
    {
        await using PartnerProcess publisher = Publish(port, arguments);
        await publisher.WaitForExitAsync();
        Assert.True(publisher.ExitCode == 0, publisher.Output);
    }

    private static async Task<int> ExitOfAsync(int port, params string[] arguments)
    {
        await using PartnerProcess publisher = Publish(port, arguments);
        await publisher.WaitForExitAsync();
        return publisher.ExitCode;
    }
}
