using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeAgent.Protocols.OpcUa.Security;

/// <summary>Our application's certificate with its private key; disposing it disposes the key, not the certificate.</summary>
internal sealed class OwnCertificate : IDisposable
{
    /// <exception cref="ArgumentException">No RSA key of 2048 to 4096 bits comes with it.</exception>
    public OwnCertificate(X509Certificate2 certificate)
    {
        Key = certificate.GetRSAPrivateKey() ?? throw new ArgumentException("The certificate has no RSA private key.", nameof(certificate));
        if (Key.KeySize is < SecurityPolicy.RsaKeyBitsMin or > SecurityPolicy.RsaKeyBitsMax)
        {
            throw new ArgumentException($"The RSA key has {Key.KeySize} bits; 2048 to 4096 are allowed.", nameof(certificate));
        }
        Der = certificate.RawData;
        Thumbprint = SHA1.HashData(Der);
    }

    public RSA Key { get; }

    public byte[] Der { get; }

    /// <summary>The SHA-1 of the certificate, by which the other side names it; not relied upon for security.</summary>
    public byte[] Thumbprint { get; }

    public void Dispose() => Key.Dispose();
}
