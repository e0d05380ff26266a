using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Store.Influx;

/// <summary>Whom to trust on https: the system's authorities, a CA file, or one pinned certificate.</summary>
internal static class InfluxTls
{
    public static SslClientAuthenticationOptions OptionsOf(TlsConfig tls)
    {
        var options = new SslClientAuthenticationOptions();
        if (tls.CertificateFile is not null)
        {
            options.ClientCertificates = [X509Certificate2.CreateFromPemFile(tls.CertificateFile, tls.KeyFile)];
        }

        if (tls.PinnedSha256 is { } pin)
        {
            byte[] expected = Convert.FromHexString(pin.Replace(":", "", StringComparison.Ordinal));
            options.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                certificate is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(certificate.GetRawCertData()), expected);
        }
        else if (tls.CaFile is { } caFile)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(caFile);
            options.CertificateChainPolicy = policy;
        }

        return options;
    }
}
