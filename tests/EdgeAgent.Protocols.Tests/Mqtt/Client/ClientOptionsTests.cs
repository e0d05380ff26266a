using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;

namespace EdgeAgent.Protocols.Tests.Mqtt.Client;

public sealed class ClientOptionsTests
{
    private static readonly MqttClientOptions Good = new() { Brokers = [MqttBrokerAddress.Parse("mqtt://127.0.0.1")] };

    [Fact]
    public void Good_options_have_no_problems() => Assert.Empty(Good.Validate());

    [Fact]
    public void TLS_without_CA_or_pin_is_refused()
    {
        MqttClientOptions tls = Good with { Brokers = [MqttBrokerAddress.Parse("mqtts://broker")] };
        Assert.Contains("caFile or pinnedSha256", Assert.Single(tls.Validate()));
        Assert.Throws<ArgumentException>(() => new MqttClient(tls, TimeProvider.System));
        Assert.Empty((tls with { Tls = new MqttTlsOptions { PinnedSha256 = string.Join(':', Enumerable.Repeat("aB", 32)) } }).Validate());
        Assert.Contains("64 digits", Assert.Single((tls with { Tls = new MqttTlsOptions { PinnedSha256 = "abc" } }).Validate()));
    }

    [Fact]
    public void Every_problem_is_told_at_once()
    {
        MqttClientOptions bad = Good with { Brokers = [], KeepAliveSeconds = 0, InFlightMax = 0, CleanStart = false, Will = new MqttWill("a/#", default) };
        Assert.Equal(5, bad.Validate().Count);
    }

    [Theory]
    [InlineData("mqtt://host", "host", 1883, false)]
    [InlineData("mqtts://host", "host", 8883, true)]
    [InlineData("mqtt://10.0.0.1:1884/", "10.0.0.1", 1884, false)]
    public void Addresses(string text, string host, int port, bool tls) => Assert.Equal(new MqttBrokerAddress(host, port, tls), MqttBrokerAddress.Parse(text));

    [Theory]
    [InlineData("host:1883")]
    [InlineData("http://host")]
    [InlineData("mqtt://user:secret@host")]
    [InlineData("mqtt://")]
    public void What_is_no_address_is_refused(string text) => Assert.Throws<FormatException>(() => MqttBrokerAddress.Parse(text));
}
