using System.Security.Cryptography.X509Certificates;

namespace EdgeAgent.Protocols.OpcUa.Certificates;

/// <summary>A certificate in a store, as a person wants to see it.</summary>
/// <param name="Folder">`own`, `trusted`, `issuers` or `rejected`.</param>
public sealed record TrustEntry(string Folder, string Path, string Thumbprint, string Subject, string? ApplicationUri, IReadOnlyList<string> Hosts, DateTime NotBefore, DateTime NotAfter)
{
    internal static TrustEntry Of(string folder, string path, X509Certificate2 certificate)
    {
        CertificateNames names = CertificateNames.Of(certificate);
        return new TrustEntry(folder, path, certificate.Thumbprint, certificate.Subject, names.ApplicationUri, names.Hosts,
            certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
    }
}
