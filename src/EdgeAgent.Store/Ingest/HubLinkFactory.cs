using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Store.Ingest;

/// <summary>Makes the hub's connection from its configuration.</summary>
public static class HubLinkFactory
{
    /// <exception cref="ArgumentException">The settings do not hold together; the message lists every problem.</exception>
    public static MqttHubLink Create(MqttConnectionConfig connection, TimeProvider time, ILoggerFactory logs) =>
        new(OptionsOf(connection), time, logs.CreateLogger<MqttHubLink>());

    private static MqttClientOptions OptionsOf(MqttConnectionConfig connection) => new()
    {
        Brokers = [.. connection.Brokers.Select(MqttBrokerAddress.Parse)],
        Version = (MqttVersion)connection.ProtocolVersion,
        // Two hubs with one client id would throw each other out for ever, so without a configured one it is new each time.
        ClientId = connection.ClientId ?? $"edgeagent-hub-{Guid.NewGuid():N}",
        User = connection.User,
        Password = connection.Password?.Reveal(),
        Tls = connection.Tls is { } tls
            ? new MqttTlsOptions { CaFile = tls.CaFile, CertificateFile = tls.CertificateFile, KeyFile = tls.KeyFile, PinnedSha256 = tls.PinnedSha256 }
            : null,
        KeepAliveSeconds = (ushort)connection.KeepAliveSeconds,
        ConnectTimeoutMs = connection.ConnectTimeoutMs,
        InFlightMax = Math.Min(connection.InFlightMax, short.MaxValue),
    };
}
