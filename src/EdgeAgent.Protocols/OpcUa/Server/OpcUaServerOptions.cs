using System.Net;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.Protocols.OpcUa.Security;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>Who an OPC UA server says it is, where it listens, whom it lets in, and how much it does at once.</summary>
public sealed record OpcUaServerOptions
{
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0 lets the system choose; read the choice from the server.</summary>
    public int Port { get; init; }

    public string ApplicationUri { get; init; } = "urn:edgeagent:simulator";

    public string ApplicationName { get; init; } = "EdgeAgent Simulator";

    /// <summary>What the build information says (OPC 10000-5 §12.4).</summary>
    public string ProductName { get; init; } = "EdgeAgent Simulator";

    public string ManufacturerName { get; init; } = "EdgeAgent Simulator";

    public string SoftwareVersion { get; init; } = "1.0";

    /// <summary>The host that endpoint descriptions name; null repeats the one by which the client asked.</summary>
    public string? AdvertisedHost { get; init; }

    /// <summary>With an RSA private key of 2048 to 4096 bits; needed for every policy but None. The server does not dispose it.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The policies beside None, each with Sign and with SignAndEncrypt; they need the certificate.</summary>
    public IReadOnlyList<SecurityPolicy> Policies { get; init; } = [SecurityPolicy.Basic256Sha256];

    public bool AllowsNone { get; init; } = true;

    public bool AllowsAnonymous { get; init; } = true;

    /// <summary>Names and passwords.</summary>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether another session may take a subscription over.</summary>
    public bool AllowsTransfer { get; init; } = true;

    /// <summary>How often a value is kept of each variable with a history.</summary>
    public TimeSpan HistoryInterval { get; init; } = TimeSpan.FromSeconds(1);

    public OpcUaServerLimits Limits { get; init; } = new();
}
