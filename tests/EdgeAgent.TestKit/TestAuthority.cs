using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeAgent.TestKit;

/// <summary>A certificate authority of one test, and PEM files of certificates that it signed.</summary>
public sealed class TestAuthority : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly X509Certificate2 _authority;

    public TestAuthority(string name = "EdgeAgent test CA")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        CaFile = Write("ca.pem", _authority.ExportCertificatePem());
    }

    public string CaFile { get; }

    /// <summary>A certificate for a server (with the name or address as alternative name) or a client.</summary>
    public (string CertificateFile, string KeyFile, string Sha256) Issue(string commonName)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={commonName}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(commonName, out IPAddress? address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(commonName);
        }
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.Create(
            _authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(29), RandomNumberGenerator.GetBytes(8));
        return (Write($"{commonName}.pem", certificate.ExportCertificatePem()), Write($"{commonName}.key", key.ExportPkcs8PrivateKeyPem()),
            Convert.ToHexString(SHA256.HashData(certificate.RawData)));
    }

    public void Dispose()
    {
        _authority.Dispose();
        _directory.Dispose();
    }

    private string Write(string name, string pem)
    {
        string path = _directory.File(name);
        File.WriteAllText(path, pem);
        return path;
    }
}
