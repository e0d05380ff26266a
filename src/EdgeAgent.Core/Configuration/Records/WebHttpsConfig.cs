using System.ComponentModel;

namespace EdgeAgent.Core.Configuration;

/// <summary>HTTPS for the web pages: with a certificate that is given, or with one that the program makes itself.</summary>
public sealed record WebHttpsConfig
{
    [Description("PEM file with the certificate and the authorities between it and the root; read again when it changes.")]
    public string? CertificateFile { get; init; }

    [Description("PEM file with the key of the certificate.")]
    public string? KeyFile { get; init; }

    [Description("Whether the program makes a certificate of its own, keeps it in its data directory and renews it; browsers ask once whether to trust it.")]
    [DefaultValue(false)]
    public bool Generated { get; init; }

    [Description("Whether browsers are told to use nothing but HTTPS for this host from now on; not with a certificate that they do not trust.")]
    [DefaultValue(false)]
    public bool Hsts { get; init; }
}
