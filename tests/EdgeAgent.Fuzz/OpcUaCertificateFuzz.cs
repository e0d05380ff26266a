using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.Protocols.OpcUa.Certificates;
using EdgeAgent.Protocols.OpcUa.Security;

namespace EdgeAgent.Fuzz;

/// <summary>Damaged certificates and revocation lists, as a hostile server or a broken file brings them: refused, never thrown.</summary>
public sealed class OpcUaCertificateFuzz
{
    private const int Certificates = 4_000;
    private const int Lists = 100_000;

    private static readonly DateTimeOffset s_now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Damaged_certificates_are_refused_quietly()
    {
        using X509Certificate2 authority = Authority(out RSA key);
        using (key)
        {
            var check = new CertificateCheck([authority], [], [RevocationList.TryRead(Revocations(authority))!], s_now);
            var mutations = new SeededMutations(20251122, [Server(authority, 1), [.. Server(authority, 2), .. authority.RawData]]);
            int accepted = 0;
            for (int i = 0; i < Certificates; i++)
            {
                ReadOnlySpan<byte> chain = mutations.Next();
                X509Certificate2Collection sent = CertificateChain.Read(chain);
                if (PeerCertificate.TryRead(chain, out PeerCertificate? peer))
                {
                    peer.Dispose();
                }
                if (sent.Count > 0)
                {
                    accepted += Judge(check, sent) ? 1 : 0;
                }
            }
            // A changed byte breaks the issuer's signature; what is accepted was damaged behind the certificate only.
            Assert.InRange(accepted, 0, Certificates * 3 / 4);
        }
    }

    [Fact]
    public void Damaged_revocation_lists_are_refused_quietly()
    {
        using X509Certificate2 authority = Authority(out RSA key);
        using (key)
        {
            var mutations = new SeededMutations(20251123, [Revocations(authority)]);
            int read = 0;
            for (int i = 0; i < Lists; i++)
            {
                read += RevocationList.TryRead(mutations.Next().ToArray()) is not null ? 1 : 0;
            }
            Assert.InRange(read, Lists / 100, Lists * 99 / 100);
        }
    }

    // Some faults of a certificate show only when its parts are looked at; the store makes a refusal of them.
    private static bool Judge(CertificateCheck check, X509Certificate2Collection sent)
    {
        try
        {
            return check.Judge(sent[0], sent, new CertificateExpectation("press", "urn:press", TimeSpan.Zero)).IsAccepted;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static X509Certificate2 Authority(out RSA key)
    {
        key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Plant", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(s_now.AddYears(-1), s_now.AddYears(1));
    }

    private static byte[] Server(X509Certificate2 authority, byte serial)
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Press", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri("urn:press"));
        names.AddDnsName("press");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true));
        using X509Certificate2 made = request.Create(authority, s_now.AddDays(-1), s_now.AddDays(1), [serial]);
        return made.RawData;
    }

    private static byte[] Revocations(X509Certificate2 authority)
    {
        var list = new CertificateRevocationListBuilder();
        list.AddEntry([7, 7], s_now.AddDays(-1));
        list.AddEntry([8, 8, 8], s_now.AddDays(-1));
        return list.Build(authority, 1, s_now.AddDays(30), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, s_now.AddDays(-1));
    }
}
