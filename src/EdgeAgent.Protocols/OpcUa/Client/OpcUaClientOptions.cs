using EdgeAgent.Protocols.OpcUa.Certificates;
using EdgeAgent.Protocols.OpcUa.Security;

namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>What a client connects to and how.</summary>
public sealed record OpcUaClientOptions
{
    /// <summary>The servers that give the same data, the preferred one first; at least one.</summary>
    public required IReadOnlyList<OpcUaAddress> Endpoints { get; init; }

    /// <summary>None must be asked for; default SignAndEncrypt.</summary>
    public MessageSecurityMode SecurityMode { get; init; } = MessageSecurityMode.SignAndEncrypt;

    /// <summary>Null, the default: the strongest that the server offers for the mode.</summary>
    public SecurityPolicy? SecurityPolicy { get; init; }

    public OpcUaUserIdentity Identity { get; init; } = OpcUaUserIdentity.Anonymous.Instance;

    /// <summary>Sends a password over a channel that does not hide it, if the server asks for that; default no.</summary>
    public bool AllowPlainTextPassword { get; init; }

    /// <summary>Our own certificate and the servers that are trusted; needed for everything but a channel without security.</summary>
    public OpcUaCertificateStore? CertificateStore { get; init; }

    /// <summary>Takes every server for the right one. Only for demonstrations on one machine: anybody in between could read and change everything.</summary>
    public bool AutoAcceptServerCertificate { get; init; }

    /// <summary>How far the clocks of both machines may be apart when a certificate's validity is checked; default five minutes.</summary>
    public int ClockSkewMs { get; init; } = 300_000;

    /// <summary>How servers and their logs name us.</summary>
    public string ApplicationName { get; init; } = "EdgeAgent";

    /// <summary>The identity of this installation, the same as in its certificate.</summary>
    public string ApplicationUri { get; init; } = "urn:edgeagent";

    /// <summary>How long the server keeps a session without a connection; default one minute.</summary>
    public int SessionTimeoutMs { get; init; } = 60_000;

    /// <summary>How long a response may take; default 10 s.</summary>
    public int RequestTimeoutMs { get; init; } = 10_000;

    /// <summary>How long it may take from an address to an active session; default 10 s.</summary>
    public int ConnectTimeoutMs { get; init; } = 10_000;

    /// <summary>After so long without a word the server is asked for a sign of life, which must come within the same time again; default 5 s.</summary>
    public int KeepAliveMs { get; init; } = 5_000;

    /// <summary>The life of the channel's keys; renewed at three quarters of it. Default one hour.</summary>
    public int ChannelLifetimeMs { get; init; } = 3_600_000;

    /// <summary>The delay before the first new attempt after a loss; it doubles with each, and half of it is random. Default 0.5 s.</summary>
    public int ReconnectDelayMsMin { get; init; } = 500;

    /// <summary>The longest delay between attempts; default 30 s.</summary>
    public int ReconnectDelayMsMax { get; init; } = 30_000;

    /// <summary>Sees which services are asked; null when nobody looks.</summary>
    public IServiceTrace? Trace { get; init; }
}
