using System.Diagnostics.CodeAnalysis;

namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>Where a server listens: `opc.tcp://host:port/path`.</summary>
/// <param name="Url">As the user wrote it; this is what the server is told.</param>
public sealed record OpcUaAddress(string Url, string Host, int Port)
{
    /// <summary>The port registered for OPC UA.</summary>
    public const int DefaultPort = 4840;

    private const string Scheme = "opc.tcp";

    /// <summary>Reads a URL; false unless its scheme is `opc.tcp` and it names a host.</summary>
    public static bool TryParse([NotNullWhen(true)] string? url, [NotNullWhen(true)] out OpcUaAddress? address)
    {
        address = null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || uri.Scheme != Scheme || uri.Host.Length == 0)
        {
            return false;
        }
        address = new OpcUaAddress(url, uri.DnsSafeHost, uri.Port > 0 ? uri.Port : DefaultPort);
        return true;
    }

    public override string ToString() => Url;
}
