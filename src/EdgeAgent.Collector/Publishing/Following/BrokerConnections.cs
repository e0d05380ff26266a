using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;

namespace EdgeAgent.Collector.Publishing.Following;

/// <summary>Turns a publisher's configuration into the options of its MQTT client, the will apart.</summary>
internal static class BrokerConnections
{
    public static MqttClientOptions OptionsOf(PublisherConfig config, PublisherIdentity identity) => new()
    {
        Brokers = [.. config.Brokers.Select(MqttBrokerAddress.Parse)],
        Version = (MqttVersion)config.ProtocolVersion,
        ClientId = config.ClientId ?? $"edgeagent-{identity.Site}-{identity.Agent}-{config.Name}",
        User = config.User,
        Password = config.Password?.Reveal(),
        Tls = config.Tls is { } tls
            ? new MqttTlsOptions
            {
                CaFile = tls.CaFile,
                CertificateFile = tls.CertificateFile,
                KeyFile = tls.KeyFile,
                PinnedSha256 = tls.PinnedSha256,
            }
            : null,
        // What the session would keep is in the buffer.
        CleanStart = true,
        KeepAliveSeconds = (ushort)config.KeepAliveSeconds,
        ConnectTimeoutMs = config.ConnectTimeoutMs,
        InFlightMax = Math.Min(config.InFlightMax, short.MaxValue),
    };
}
