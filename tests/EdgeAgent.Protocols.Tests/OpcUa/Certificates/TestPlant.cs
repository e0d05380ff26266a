using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeAgent.Protocols.Tests.OpcUa.Certificates;

/// <summary>A plant's authority and the servers that it vouches for.</summary>
internal sealed class TestPlant : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly RSA _key = RSA.Create(2048);
    private int _serial;

    public TestPlant(string name = "CN=Plant")
    {
        var request = new CertificateRequest(name, _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Authority = request.CreateSelfSigned(Now.AddYears(-5), Now.AddYears(5));
    }

    public X509Certificate2 Authority { get; }

    public X509Certificate2 Server(
        string host = "press-7", string uri = "urn:press", DateTimeOffset? from = null, DateTimeOffset? until = null, bool isForClientsOnly = false)
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Press", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri(uri));
        names.AddDnsName(host);
        names.AddIpAddress(System.Net.IPAddress.Parse("10.1.2.3"));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(isForClientsOnly ? "1.3.6.1.5.5.7.3.2" : "1.3.6.1.5.5.7.3.1")], false));
        return request.Create(Authority, from ?? Now.AddYears(-1), until ?? Now.AddYears(1), [1, 2, (byte)++_serial]);
    }

    public byte[] Revocations(params X509Certificate2[] revoked)
    {
        var list = new CertificateRevocationListBuilder();
        foreach (X509Certificate2 certificate in revoked)
        {
            list.AddEntry(certificate, Now.AddDays(-1));
        }
        return list.Build(Authority, 1, Now.AddDays(30), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, Now.AddDays(-1));
    }

    public void Dispose()
    {
        Authority.Dispose();
        _key.Dispose();
    }
}
