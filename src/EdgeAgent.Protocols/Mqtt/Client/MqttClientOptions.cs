using System.Text;

namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>Everything that a client needs to know; defaults suit a gateway on a factory network.</summary>
public sealed record MqttClientOptions
{
    /// <summary>The brokers, tried in order; at least one.</summary>
    public required IReadOnlyList<MqttBrokerAddress> Brokers { get; init; }

    /// <summary>Default: MQTT 5.</summary>
    public MqttVersion Version { get; init; } = MqttVersion.V5;

    /// <summary>Null lets the broker choose (MQTT 5) or chooses a random one (3.1.1).</summary>
    public string? ClientId { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>Required when a broker's address begins with mqtts.</summary>
    public MqttTlsOptions? Tls { get; init; }

    public MqttWill? Will { get; init; }

    /// <summary>Makes the will of each connection attempt anew, in place of <see cref="Will"/>; called once before each CONNECT.</summary>
    public Func<MqttWill>? WillSource { get; init; }

    /// <summary>True forgets the session at each connect; false resumes it (needs a client id). Default: true.</summary>
    public bool CleanStart { get; init; } = true;

    /// <summary>How long the broker keeps the session of a client that is away; MQTT 5. Default: one hour when the session is resumed.</summary>
    public uint SessionExpirySeconds { get; init; } = 3600;

    /// <summary>The broker drops this client after one and a half times this silence, and a ping goes out after it. 1 to 65535; default 10.</summary>
    public ushort KeepAliveSeconds { get; init; } = 10;

    /// <summary>Limit for TCP, TLS and CONNACK together. Default 10,000.</summary>
    public int ConnectTimeoutMs { get; init; } = 10_000;

    /// <summary>How long the broker may be silent when something is expected of it. Default 5,000.</summary>
    public int ResponseTimeoutMs { get; init; } = 5_000;

    /// <summary>
    /// How long a publish may stay unacknowledged by a broker that answers pings; long, because a broker with slow
    /// subscribers may hold acknowledgements back. Default 60,000.
    /// </summary>
    public int AcknowledgeTimeoutMs { get; init; } = 60_000;

    /// <summary>Most QoS 1 and 2 messages on the way to the broker; the broker's Receive Maximum may lower it. 1 to 32,767; default 100.</summary>
    public int InFlightMax { get; init; } = 100;

    /// <summary>Most QoS 1 and 2 messages that the broker may have on the way to us (MQTT 5). Default 50.</summary>
    public ushort ReceiveMaximum { get; init; } = 50;

    /// <summary>Largest packet accepted from the broker. Default 16 MiB.</summary>
    public int PacketSizeBytesMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>Received messages that wait for a busy handler; beyond it the socket is not read (up to 16 times as much while publishes of our own are unanswered). Default 1 MiB.</summary>
    public int InboxSizeBytesMax { get; init; } = 1024 * 1024;

    /// <summary>Bytes that wait for the socket; beyond it publishers wait. Default 1 MiB.</summary>
    public int OutboxSizeBytesMax { get; init; } = 1024 * 1024;

    /// <summary>First delay after all brokers failed; doubles up to <see cref="BackoffMaxMs"/>, half of it random. Default 500.</summary>
    public int BackoffMinMs { get; init; } = 500;

    /// <summary>Default 30,000.</summary>
    public int BackoffMaxMs { get; init; } = 30_000;

    /// <summary>Everything that is wrong with these options, for people; empty when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        void Check(bool good, string problem)
        {
            if (!good)
            {
                problems.Add(problem);
            }
        }

        Check(Brokers.Count > 0, "no broker is given; expected at least one address such as mqtt://127.0.0.1:1883");
        Check(Version is MqttVersion.V311 or MqttVersion.V5, "protocolVersion must be 4 (MQTT 3.1.1) or 5");
        Check(CleanStart || !string.IsNullOrEmpty(ClientId), "resuming a session needs a client id");
        Check(ClientId == null || Encoding.UTF8.GetByteCount(ClientId) <= MqttTopic.SizeBytesMax && !ClientId.Contains('\0'), "the client id is too long or contains U+0000");
        Check(Version == MqttVersion.V5 || Password == null || User != null, "MQTT 3.1.1 allows a password only together with a user");
        Check(Will == null || MqttTopic.IsName(Will.Topic), "the will's topic is empty or contains a wildcard");
        Check(Will == null || Will.Payload.Length <= ushort.MaxValue, "the will's payload is larger than 65,535 bytes");
        Check(KeepAliveSeconds > 0, "keepAliveSeconds must be at least 1: without it a vanished broker stays unnoticed");
        Check(ConnectTimeoutMs > 0 && ResponseTimeoutMs > 0 && AcknowledgeTimeoutMs > 0, "time limits must be positive");
        Check(InFlightMax is > 0 and <= MqttLimits.InFlightMax, $"inFlightMax must be from 1 to {MqttLimits.InFlightMax}");
        Check(ReceiveMaximum > 0, "receiveMaximum must be at least 1");
        Check(PacketSizeBytesMax >= 1024, "the packet limit must be at least 1,024 bytes");
        Check(InboxSizeBytesMax > 0 && OutboxSizeBytesMax > 0, "inbox and outbox sizes must be positive");
        Check(BackoffMinMs > 0 && BackoffMaxMs >= BackoffMinMs, "backoffMaxMs must not be below backoffMinMs, and both positive");
        if (Brokers.Any(b => b.UseTls))
        {
            problems.AddRange((Tls ?? new MqttTlsOptions()).Problems());
        }
        return problems;
    }
}
