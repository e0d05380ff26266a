using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.OpcUa.Security;

namespace EdgeAgent.Collector.Drivers.OpcUa;

/// <summary>How to reach an OPC UA server and what to ask it for.</summary>
public sealed record OpcUaEndpointSettings
{
    [Description("Addresses of servers that give the same data, the preferred one first: opc.tcp://host:4840.")]
    public required IReadOnlyList<string> Endpoints { get; init; }

    [Description("none, sign or signandencrypt.")]
    [DefaultValue(MessageSecurityMode.SignAndEncrypt), JsonConverter(typeof(LowerCaseEnumConverter<MessageSecurityMode>))]
    public MessageSecurityMode SecurityMode { get; init; } = MessageSecurityMode.SignAndEncrypt;

    [Description("Basic256Sha256, Aes128_Sha256_RsaOaep or Aes256_Sha256_RsaPss; the strongest that the server offers when left out.")]
    public string? SecurityPolicy { get; init; }

    [Description("Directory of certificates: our own, trusted servers, issuers, rejected ones. Relative to the working directory.")]
    [DefaultValue("pki")]
    public string CertificateStore { get; init; } = "pki";

    [Description("Name of this installation in its certificate, as a URI.")]
    [DefaultValue("urn:edgeagent")]
    public string ApplicationUri { get; init; } = "urn:edgeagent";

    [Description("User name; anonymous when left out.")]
    public string? User { get; init; }

    [Description("Password of the user; give it as ${env:NAME} or ${file:PATH}.")]
    public Secret? Password { get; init; }

    [Description("Certificate of the user with its key, a PEM or PFX file; instead of a name. A PFX is opened with the password.")]
    public string? UserCertificate { get; init; }

    [Description("Whether to send a password over a connection that does not hide it, when the server asks for that.")]
    [DefaultValue(false)]
    public bool AllowPlainTextPassword { get; init; }

    [Description("Minutes by which the server's clock may be off when its certificate is checked.")]
    [DefaultValue(5), Range(0, 10_000)]
    public int ClockSkewMinutes { get; init; } = 5;

    [Description("How tags are watched where neither scan class nor device says otherwise.")]
    public OpcUaMonitoringSettings? Monitoring { get; init; }

    [Description("How the tags of a scan class are watched, by its name.")]
    public IReadOnlyDictionary<string, OpcUaMonitoringSettings> ScanClasses { get; init; } = new Dictionary<string, OpcUaMonitoringSettings>();

    [Description("Short names of namespaces for browse paths, such as { \"m\": \"urn:maker:machine\" } for /Objects/m:Press.")]
    public IReadOnlyDictionary<string, string> Namespaces { get; init; } = new Dictionary<string, string>();

    [Description("standard, or small for the servers inside small controllers: fewer items and values at once.")]
    [DefaultValue(OpcUaProfile.Standard), JsonConverter(typeof(LowerCaseEnumConverter<OpcUaProfile>))]
    public OpcUaProfile Profile { get; init; }

    [Description("Milliseconds after which a silent subscription must say that it is alive.")]
    [DefaultValue(5_000), Range(200, 600_000)]
    public int KeepAliveMs { get; init; } = 5_000;

    [Description("Minutes for which the server is asked to keep subscriptions with their queues while the connection is lost.")]
    [DefaultValue(10), Range(1, 1_440)]
    public int SubscriptionLifetimeMinutes { get; init; } = 10;

    [Description("Whether to watch the server's clock, which tells a server that samples nothing from a plant at rest; costs one item for each publishing interval.")]
    [DefaultValue(true)]
    public bool WatchServerTime { get; init; } = true;

    [Description("Whether gaps are filled from the server's history, for nodes that have one.")]
    [DefaultValue(true)]
    public bool BackFill { get; init; } = true;

    [Description("Whether the server's history holds every change, so that time without an entry is time without a change.")]
    [DefaultValue(false)]
    public bool HistoryHoldsEveryChange { get; init; }

    [Description("Milliseconds for which the server keeps the session of a lost connection.")]
    [DefaultValue(60_000), Range(1_000, 3_600_000)]
    public int SessionTimeoutMs { get; init; } = 60_000;

    [Description("Milliseconds in which the server must answer.")]
    [DefaultValue(10_000), Range(100, 300_000)]
    public int RequestTimeoutMs { get; init; } = 10_000;

    [Description("Milliseconds in which a session must stand.")]
    [DefaultValue(10_000), Range(100, 300_000)]
    public int ConnectTimeoutMs { get; init; } = 10_000;

    [Description("Longest pause between two tries to connect again, in milliseconds.")]
    [DefaultValue(30_000), Range(100, 3_600_000)]
    public int ReconnectDelayMsMax { get; init; } = 30_000;

    [Description("Milliseconds after which the keys of a secure connection are replaced.")]
    [DefaultValue(3_600_000), Range(10_000, 86_400_000)]
    public int ChannelLifetimeMs { get; init; } = 3_600_000;
}
