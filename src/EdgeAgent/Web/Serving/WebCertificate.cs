using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Web.Serving;

/// <summary>The certificate that browsers get: the given one, read again when its file changes, or one of our own, made anew before it ends.</summary>
internal sealed partial class WebCertificate(WebHttpsConfig https, string dataDirectory, IReadOnlyList<string> names, TimeProvider time, ILogger<WebCertificate> logger)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private X509Certificate2? _certificate;
    private X509Certificate2Collection _chain = [];
    private DateTime _written;
    private long _lookedAt;

    /// <summary>The certificate as it is now, and those between it and the root.</summary>
    /// <exception cref="WebCertificateException">There is none that could be used.</exception>
    public (X509Certificate2 Certificate, X509Certificate2Collection Chain) Current
    {
        get
        {
            lock (_gate)
            {
                if (_certificate is null || time.GetElapsedTime(_lookedAt) >= LookEvery)
                {
                    _lookedAt = time.GetTimestamp();
                    Look();
                }

                return (_certificate!, _chain);
            }
        }
    }

    /// <summary>By which somebody who is asked by his browser can tell that it is this one.</summary>
    public static string FingerprintOf(X509Certificate2 certificate) => string.Join(':', SHA256.HashData(certificate.RawData).Select(b => b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));

    private void Look()
    {
        try
        {
            if (https.Generated)
            {
                string file = GeneratedCertificate.Ensure(dataDirectory, names, time);
                Take(file, file);
            }
            else
            {
                Take(https.CertificateFile!, https.KeyFile!);
            }
        }
        catch (Exception problem) when (problem is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            string text = $"The certificate of the web pages in {https.CertificateFile ?? dataDirectory} cannot be used: {problem.Message}";
            if (_certificate is null)
            {
                throw new WebCertificateException(text + " Give a PEM certificate and its PEM key without password, or \"generated\": true.", problem);
            }

            KeptOld(logger, text); // Half of a renewal: the next look finds the other half.
        }
    }

    private void Take(string certificateFile, string keyFile)
    {
        DateTime written = new[] { File.GetLastWriteTimeUtc(certificateFile), File.GetLastWriteTimeUtc(keyFile) }.Max();
        if (written == _written)
        {
            return;
        }

        using X509Certificate2 loose = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        X509Certificate2Collection chain = [];
        chain.ImportFromPemFile(certificateFile);
        // TLS on Windows needs the key in a store of its own, which the way through PKCS #12 gives it.
        _certificate = X509CertificateLoader.LoadPkcs12(loose.Export(X509ContentType.Pkcs12), null);
        _chain = [.. chain.Skip(1)];
        _written = written;
        Taken(logger, _certificate.Subject, _certificate.NotAfter.ToUniversalTime(), FingerprintOf(_certificate));
    }

    [LoggerMessage(1, LogLevel.Information, "HTTPS with the certificate {Subject}, valid until {Until:yyyy-MM-dd}, SHA-256 {Fingerprint}.")]
    private static partial void Taken(ILogger logger, string subject, DateTime until, string fingerprint);

    [LoggerMessage(2, LogLevel.Warning, "{Problem} The one from before stays.")]
    private static partial void KeptOld(ILogger logger, string problem);
}
