using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeAgent.Protocols.OpcUa.Certificates;

/// <summary>Certificates one behind the other, as OPC UA sends them (OPC 10000-6 §6.2.6).</summary>
internal static class CertificateChain
{
    // A certificate of an application, one or two issuers, a root; what is beyond is no chain.
    private const int CertificatesMax = 10;

    /// <summary>What can be read from the beginning on; empty when not even the first.</summary>
    public static X509Certificate2Collection Read(ReadOnlySpan<byte> chain)
    {
        var read = new X509Certificate2Collection();
        try
        {
            while (chain.Length > 4 && read.Count < CertificatesMax)
            {
                // 30 82 and two bytes of length begin each of the size of a certificate.
                int size = chain[0] == 0x30 && chain[1] == 0x82 ? 4 + (chain[2] << 8 | chain[3]) : chain.Length;
                read.Add(X509CertificateLoader.LoadCertificate(chain[..Math.Min(size, chain.Length)]));
                chain = chain[Math.Min(size, chain.Length)..];
            }
        }
        catch (CryptographicException)
        {
            // The rest is none.
        }
        return read;
    }
}
