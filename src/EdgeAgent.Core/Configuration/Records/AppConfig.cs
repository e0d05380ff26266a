using System.ComponentModel;
using System.Text.Json.Serialization;

namespace EdgeAgent.Core.Configuration;

/// <summary>The whole configuration file. A role is on when its section is there.</summary>
public sealed record AppConfig
{
    [JsonPropertyName("$schema")]
    [Description("Path or address of agent.schema.json, for editors; not used by the program.")]
    public string? Schema { get; init; }

    [Description("Name of the site, part of every topic: 1 to 64 bytes, no + # / $.")]
    public required string Site { get; init; }

    [Description("Collects from devices, buffers and publishes. Leave out on a hub.")]
    public AgentConfig? Agent { get; init; }

    [Description("The embedded MQTT broker, for one machine or one site. Leave out when another broker is used.")]
    public BrokerConfig? Broker { get; init; }

    [Description("Receives batches, stores them and derives the indicators. Leave out on a gateway.")]
    public HubConfig? Hub { get; init; }

    [Description("API, health and metrics over HTTP. Leave out: no port is opened.")]
    public WebConfig? Web { get; init; }

    [Description("What the program tells about itself to others without being asked. Leave out: nothing.")]
    public TelemetryConfig Telemetry { get; init; } = new();

    [Description("What is logged, and how.")]
    public LoggingConfig Logging { get; init; } = new();
}
