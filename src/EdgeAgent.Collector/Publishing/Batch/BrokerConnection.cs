using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;

namespace EdgeAgent.Collector.Publishing.Batch;

/// <summary>Turns a publisher's configuration into the options of its MQTT client.</summary>
internal static class BrokerConnection
{
    public static MqttClientOptions OptionsOf(PublisherConfig config, PublisherIdentity identity, AgentStatus offline) => new()
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
        Will = new MqttWill(Topics.Status(identity.Site, identity.Agent), offline.ToUtf8(), MqttQos.AtLeastOnce, Retain: true),
        // What the session would keep is in the buffer, and acknowledgements are repeated.
        CleanStart = true,
        KeepAliveSeconds = (ushort)config.KeepAliveSeconds,
        ConnectTimeoutMs = config.ConnectTimeoutMs,
        InFlightMax = Math.Min(config.InFlightMax, short.MaxValue),
    };

    public static AgentStatus StatusOf(PublisherIdentity identity, bool online, Guid incarnation, TimeProvider time) =>
        new(online, identity.Version, incarnation, UnixTicks.Now(time));
}
