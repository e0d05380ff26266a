using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeAgent.Protocols.OpcUa.Security;

/// <summary>The other side's certificate. That it can be read says nothing about whether it is trusted.</summary>
internal sealed class PeerCertificate : IDisposable
{
    private PeerCertificate(X509Certificate2 certificate, RSA key)
    {
        Certificate = certificate;
        Key = key;
        Thumbprint = SHA1.HashData(certificate.RawData);
    }

    public X509Certificate2 Certificate { get; }

    public RSA Key { get; }

    public ReadOnlyMemory<byte> Der => Certificate.RawDataMemory;

    public byte[] Thumbprint { get; }

    /// <summary>Reads the first certificate of a chain; false when it is none with an RSA key of an allowed length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> chain, [NotNullWhen(true)] out PeerCertificate? certificate)
    {
        certificate = null;
        X509Certificate2? read = null;
        try
        {
            read = X509CertificateLoader.LoadCertificate(FirstOf(chain));
            if (read.GetRSAPublicKey() is { KeySize: >= SecurityPolicy.RsaKeyBitsMin and <= SecurityPolicy.RsaKeyBitsMax } key)
            {
                certificate = new PeerCertificate(read, key);
            }
        }
        catch (CryptographicException)
        {
            // Bytes that are no certificate, or a key that cannot be used: the answer is the same.
        }
        if (certificate is null)
        {
            read?.Dispose();
        }
        return certificate is not null;
    }

    public void Dispose()
    {
        Key.Dispose();
        Certificate.Dispose();
    }

    // A chain is one DER sequence behind the other; 30 82 and two bytes of length begin each of the size of a certificate.
    private static ReadOnlySpan<byte> FirstOf(ReadOnlySpan<byte> chain)
    {
        if (chain.Length < 4 || chain[0] != 0x30 || chain[1] != 0x82)
        {
            return chain;
        }
        int size = 4 + (chain[2] << 8 | chain[3]);
        return size <= chain.Length ? chain[..size] : chain;
    }
}
