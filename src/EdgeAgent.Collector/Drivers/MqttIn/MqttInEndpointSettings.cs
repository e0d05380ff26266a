using System.ComponentModel.DataAnnotations;
using System.ComponentModel;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Drivers.MqttIn;

/// <summary>A broker to which devices publish, and how to understand them.</summary>
public sealed record MqttInEndpointSettings
{
    [Description("Broker addresses in order of preference: mqtt://host:1883 or mqtts://host:8883.")]
    public required IReadOnlyList<string> Brokers { get; init; }

    [Description("Which topics hold what.")]
    public required IReadOnlyList<MqttInSourceSettings> Sources { get; init; }

    [Description("MQTT version: 5, or 4 for 3.1.1.")]
    [DefaultValue(5), Range(4, 5)]
    public int ProtocolVersion { get; init; } = 5;

    [Description("Client id, unique at the broker. When it is given, the broker keeps messages of quality of service 1 while the agent is away.")]
    public string? ClientId { get; init; }

    [Description("How long the broker keeps them, in seconds.")]
    [DefaultValue(86_400), Range(1, 2_592_000)]
    public int SessionExpirySeconds { get; init; } = 86_400;

    [Description("User name.")]
    public string? User { get; init; }

    [Description("Password; give it as ${env:NAME} or ${file:PATH}.")]
    public Secret? Password { get; init; }

    [Description("Certificates for mqtts:// brokers; a CA file or a pinned certificate is required there.")]
    public TlsConfig? Tls { get; init; }

    [Description("Seconds between signs of life on an idle connection.")]
    [DefaultValue(10), Range(1, 65_535)]
    public int KeepAliveSeconds { get; init; } = 10;

    [Description("Milliseconds in which the broker must accept a connection and the subscriptions.")]
    [DefaultValue(10_000), Range(100, 300_000)]
    public int ConnectTimeoutMs { get; init; } = 10_000;
}
