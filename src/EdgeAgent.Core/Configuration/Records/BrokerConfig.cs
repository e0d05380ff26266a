using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Core.Configuration;

/// <summary>The embedded MQTT broker.</summary>
public sealed record BrokerConfig
{
    [Description("Address and port to listen on without TLS; null or left out with tlsListen: none.")]
    public string? Listen { get; init; }

    [Description("Address and port to listen on with TLS; needs certificateFile and keyFile.")]
    public string? TlsListen { get; init; }

    [Description("PEM file with the broker's certificate.")]
    public string? CertificateFile { get; init; }

    [Description("PEM file with the key of the broker's certificate.")]
    public string? KeyFile { get; init; }

    [Description("PEM file with the authorities whose client certificates are accepted; given, a client must present one.")]
    public string? ClientCaFile { get; init; }

    [Description("Whether clients without user name are let in. Left out: only when no users are configured and listen is a loopback address.")]
    public bool? AllowAnonymous { get; init; }

    [Description("Who may connect, and what they may publish and receive.")]
    public IReadOnlyList<BrokerUserConfig> Users { get; init; } = [];

    [Description("Largest packet in bytes.")]
    [DefaultValue(16 << 20), Range(1024, 268_435_455)]
    public int PacketBytesMax { get; init; } = 16 << 20;

    [Description("Most messages that wait for one client.")]
    [DefaultValue(1000), Range(1, 10_000_000)]
    public int QueueMessagesMax { get; init; } = 1000;

    [Description("Most bytes that wait for one client.")]
    [DefaultValue(64L << 20), Range(1024L, 1L << 40)]
    public long QueueBytesMax { get; init; } = 64L << 20;

    [Description("Most connections at a time.")]
    [DefaultValue(1000), Range(1, 1_000_000)]
    public int ConnectionsMax { get; init; } = 1000;

    [Description("Longest time in seconds that a session outlives its connection.")]
    [DefaultValue(86_400), Range(0, int.MaxValue)]
    public int SessionExpirySecondsMax { get; init; } = 86_400;
}
