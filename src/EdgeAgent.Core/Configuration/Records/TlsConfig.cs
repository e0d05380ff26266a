using System.ComponentModel;

namespace EdgeAgent.Core.Configuration;

/// <summary>Certificates of a TLS connection. Without a CA or a pin a connection is refused: TLS that checks nothing protects nothing.</summary>
public sealed record TlsConfig
{
    [Description("PEM file with the certificate authorities that the other side's certificate must lead to.")]
    public string? CaFile { get; init; }

    [Description("PEM file with one's own certificate, where the other side asks for one.")]
    public string? CertificateFile { get; init; }

    [Description("PEM file with the key of one's own certificate.")]
    public string? KeyFile { get; init; }

    [Description("SHA-256 of the only certificate accepted from the other side, 64 hexadecimal digits; colons allowed.")]
    public string? PinnedSha256 { get; init; }
}
