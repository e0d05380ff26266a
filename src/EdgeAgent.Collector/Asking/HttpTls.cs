using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Asking;

/// <summary>Judges a server's certificate by a CA file, a pinned certificate or both, and shows our own.</summary>
internal sealed class HttpTls : IDisposable
{
    private readonly X509Certificate2Collection _authorities = [];
    private readonly X509Certificate2? _own;
    private readonly byte[]? _pin;

    /// <exception cref="CryptographicException">A file holds no certificate, or the key does not fit.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public HttpTls(TlsConfig tls)
    {
        _pin = tls.PinnedSha256 is { } pin ? Convert.FromHexString(pin.Replace(":", "", StringComparison.Ordinal)) : null;
        if (tls.CaFile is not null)
        {
            _authorities.ImportFromPemFile(tls.CaFile);
        }

        _own = tls.CertificateFile is not null ? X509Certificate2.CreateFromPemFile(tls.CertificateFile, tls.KeyFile) : null;
    }

    /// <summary>Why the last certificate was not accepted; null when it was.</summary>
    public string? Problem { get; private set; }

    public static void Check(TlsConfig? tls, ConfigPath path, ConfigErrors errors)
    {
        if (tls?.CaFile is null && tls?.PinnedSha256 is null)
        {
            errors.Add(path, "nothing says which certificate to trust", "caFile or pinnedSha256", "\"tls\": { \"caFile\": \"plant-ca.pem\" }");
        }

        if (tls?.PinnedSha256 is { } pin && pin.Replace(":", "", StringComparison.Ordinal) is var digits && (digits.Length != 64 || !digits.All(char.IsAsciiHexDigit)))
        {
            errors.Add(path.Member("pinnedSha256"), "this is no SHA-256", "64 hexadecimal digits", "openssl x509 -noout -fingerprint -sha256 -in server.pem");
        }

        if (tls?.CertificateFile is null != tls?.KeyFile is null)
        {
            errors.Add(path, "a certificate of one's own needs its key", "certificateFile and keyFile together", "");
        }

        foreach ((string name, string? file) in new[] { ("caFile", tls?.CaFile), ("certificateFile", tls?.CertificateFile), ("keyFile", tls?.KeyFile) })
        {
            if (file is not null && !File.Exists(file))
            {
                errors.Add(path.Member(name), $"there is no file '{file}'", "a PEM file", "");
            }
        }
    }

    public SslClientAuthenticationOptions Options => new()
    {
        ClientCertificates = _own is null ? null : [_own],
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        RemoteCertificateValidationCallback = (_, certificate, _, faults) => (Problem = ProblemOf(certificate as X509Certificate2, faults)) is null,
    };

    public void Dispose()
    {
        _own?.Dispose();
        foreach (X509Certificate2 authority in _authorities)
        {
            authority.Dispose();
        }
    }

    private string? ProblemOf(X509Certificate2? certificate, SslPolicyErrors faults)
    {
        if (certificate is null)
        {
            return "the server shows no certificate";
        }

        byte[] hash = SHA256.HashData(certificate.RawDataMemory.Span);
        if (_pin is not null && !hash.AsSpan().SequenceEqual(_pin))
        {
            return $"the server's certificate has SHA-256 {Convert.ToHexStringLower(hash)}, which is not the pinned one; pin this one if it was renewed";
        }

        if (_authorities.Count == 0)
        {
            return _pin is null ? "the CA file holds no certificate" : null;
        }

        if ((faults & SslPolicyErrors.RemoteCertificateNameMismatch) != 0)
        {
            return $"the server's certificate ({certificate.Subject}) is not made out to the name in the address; use a name from the certificate there";
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate) ? null
            : $"the server's certificate ({certificate.Subject}) was not signed by an authority of the CA file or is not valid now: "
                + string.Join("; ", chain.ChainStatus.Select(status => status.StatusInformation.Trim()).Distinct());
    }
}
