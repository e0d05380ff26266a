using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.Core.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace EdgeAgent.Broker;

/// <summary>The broker's own certificate, and the judgement of its clients'.</summary>
internal static class BrokerCertificates
{
    public static HttpsConnectionAdapterOptions Load(BrokerConfig config)
    {
        if (config.CertificateFile == null || config.KeyFile == null)
        {
            throw new BrokerConfigException("broker: tlsListen needs certificateFile and keyFile (PEM)");
        }
        try
        {
            var options = new HttpsConnectionAdapterOptions
            {
                ServerCertificate = X509Certificate2.CreateFromPemFile(config.CertificateFile, config.KeyFile),
            };
            options.ServerCertificateChain = [];
            options.ServerCertificateChain.ImportFromPemFile(config.CertificateFile);
            if (config.ClientCaFile != null)
            {
                X509Certificate2Collection authorities = [];
                authorities.ImportFromPemFile(config.ClientCaFile);
                options.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                options.ClientCertificateValidation = (certificate, _, _) => IsSignedBy(authorities, certificate);
            }
            return options;
        }
        catch (Exception failure) when (failure is IOException or CryptographicException or UnauthorizedAccessException)
        {
            throw new BrokerConfigException($"broker: a certificate file cannot be read: {failure.Message}", failure);
        }
    }

    private static bool IsSignedBy(X509Certificate2Collection authorities, X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }
}
