using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Core.Configuration;

/// <summary>How to reach an MQTT broker, for a publisher as for a hub.</summary>
public record MqttConnectionConfig
{
    [Description("Broker addresses in order of preference: mqtt://host:1883 or mqtts://host:8883.")]
    public required IReadOnlyList<string> Brokers { get; init; }

    [Description("MQTT version: 5, or 4 for 3.1.1.")]
    [DefaultValue(5), Range(4, 5)]
    public int ProtocolVersion { get; init; } = 5;

    [Description("Client id; when left out it is made of site, agent and publisher.")]
    public string? ClientId { get; init; }

    [Description("User name.")]
    public string? User { get; init; }

    [Description("Password; give it as ${env:NAME} or ${file:PATH}.")]
    public Secret? Password { get; init; }

    [Description("Certificates for mqtts:// brokers; a CA file or a pinned certificate is required there.")]
    public TlsConfig? Tls { get; init; }

    [Description("Seconds between signs of life on an idle connection.")]
    [DefaultValue(30), Range(1, 65_535)]
    public int KeepAliveSeconds { get; init; } = 30;

    [Description("Milliseconds in which the broker must accept a connection.")]
    [DefaultValue(10_000), Range(100, 300_000)]
    public int ConnectTimeoutMs { get; init; } = 10_000;

    [Description("Messages under way without an acknowledgement; the broker's own limit holds too.")]
    [DefaultValue(100), Range(1, 65_535)]
    public int InFlightMax { get; init; } = 100;
}
