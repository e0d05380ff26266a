using System.Security.Cryptography.X509Certificates;

namespace EdgeAgent.Protocols.OpcUa.Certificates;

/// <summary>
/// The checks of a server's certificate (OPC 10000-4 §6.1.3). One that was trusted by itself must be valid, not revoked and of
/// the right application. One that is trusted through its issuer must also be for this host and this use, because its issuer
/// vouches for many.
/// </summary>
internal sealed class CertificateCheck(
    IReadOnlyList<X509Certificate2> trusted, IReadOnlyList<X509Certificate2> issuers, IReadOnlyList<RevocationList> revocations, DateTimeOffset now)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <param name="sent">Further certificates that came with it.</param>
    public CertificateVerdict Judge(X509Certificate2 certificate, X509Certificate2Collection sent, CertificateExpectation expected)
    {
        bool isTrustedItself = trusted.Any(t => t.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span));
        IReadOnlyList<X509Certificate2>? chain = null;
        if (!isTrustedItself)
        {
            chain = ChainOf(certificate, sent);
            if (chain is null || !chain.Skip(1).Any(IsTrusted))
            {
                return Refused(StatusCodes.BadCertificateUntrusted, "it is not trusted");
            }
        }
        foreach (X509Certificate2 link in chain ?? [certificate])
        {
            if (now + expected.ClockSkew < link.NotBefore.ToUniversalTime() || now - expected.ClockSkew > link.NotAfter.ToUniversalTime())
            {
                return Refused(StatusCodes.BadCertificateTimeInvalid,
                    $"{(link == certificate ? "it" : $"its issuer {link.Subject}")} is valid from {link.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm} to {link.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC, "
                    + $"and it is {now.UtcDateTime:yyyy-MM-dd HH:mm} UTC here");
            }
        }
        if ((chain ?? ChainOf(certificate, sent) ?? [certificate]).Any(IsRevoked))
        {
            return Refused(StatusCodes.BadCertificateRevoked, "it was revoked by its issuer");
        }
        CertificateNames names = CertificateNames.Of(certificate);
        if (expected.ApplicationUri is { Length: > 0 } uri && names.ApplicationUri != uri)
        {
            return Refused(StatusCodes.BadCertificateUriInvalid, $"it belongs to the application '{names.ApplicationUri}', and the server says that it is '{uri}'");
        }
        if (isTrustedItself)
        {
            return CertificateVerdict.Accepted;
        }
        if (!names.HasHost(expected.Host))
        {
            return Refused(StatusCodes.BadCertificateHostNameInvalid,
                $"it is for {(names.Hosts.Count == 0 ? "no host" : string.Join(", ", names.Hosts))}, not for '{expected.Host}'; use that name, or trust this certificate by itself");
        }
        return IsForServers(certificate) ? CertificateVerdict.Accepted : Refused(StatusCodes.BadCertificateUseNotAllowed, "it is not made for servers that sign and encrypt");
    }

    private static CertificateVerdict Refused(StatusCode status, string reason) => new(status, reason);

    private bool IsTrusted(X509Certificate2 certificate) => trusted.Any(t => t.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span));

    /// <summary>From the certificate to a root, every signature checked; null when it cannot be completed.</summary>
    private IReadOnlyList<X509Certificate2>? ChainOf(X509Certificate2 certificate, X509Certificate2Collection sent)
    {
        using var chain = new X509Chain();
        X509ChainPolicy policy = chain.ChainPolicy;
        policy.RevocationMode = X509RevocationMode.NoCheck; // by our own lists, which need no network
        policy.DisableCertificateDownloads = true;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        // Validity is checked with the allowed skew; which of the certificates is trusted is checked by the caller.
        policy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid | X509VerificationFlags.AllowUnknownCertificateAuthority;
        foreach (X509Certificate2 known in trusted.Concat(issuers))
        {
            (IsSelfSigned(known) ? policy.CustomTrustStore : policy.ExtraStore).Add(known);
        }
        policy.ExtraStore.AddRange(sent);
        if (!chain.Build(certificate))
        {
            return null;
        }
        return [.. chain.ChainElements.Select(element => X509CertificateLoader.LoadCertificate(element.Certificate.RawData))];
    }

    private bool IsRevoked(X509Certificate2 certificate) => !IsSelfSigned(certificate) && revocations.Any(list =>
        list.Issuer.AsSpan().SequenceEqual(certificate.IssuerName.RawData) && list.Revokes(certificate)
        && trusted.Concat(issuers).Any(issuer => issuer.SubjectName.RawData.AsSpan().SequenceEqual(list.Issuer) && list.IsSignedBy(issuer)));

    private static bool IsSelfSigned(X509Certificate2 certificate) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    private static bool IsForServers(X509Certificate2 certificate)
    {
        foreach (X509Extension extension in certificate.Extensions)
        {
            if (extension is X509KeyUsageExtension usage
                && (!usage.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature) || !usage.KeyUsages.HasFlag(X509KeyUsageFlags.KeyEncipherment)))
            {
                return false;
            }
            if (extension is X509EnhancedKeyUsageExtension { EnhancedKeyUsages: var uses } && uses[ServerAuthentication] is null)
            {
                return false;
            }
        }
        return true;
    }
}
