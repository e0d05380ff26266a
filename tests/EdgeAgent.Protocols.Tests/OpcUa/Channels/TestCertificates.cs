using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.Protocols.OpcUa.Security;

namespace EdgeAgent.Protocols.Tests.OpcUa.Channels;

/// <summary>Certificates for tests, made once for each name and key length, since making RSA keys is slow.</summary>
internal static class TestCertificates
{
    private static readonly ConcurrentDictionary<(string Name, int KeyBits), Lazy<X509Certificate2>> s_made = new();

    public static OwnCertificate Own(string name, int keyBits = 2048) => new(Get(name, keyBits));

    public static PeerCertificate Peer(string name, int keyBits = 2048)
    {
        Assert.True(PeerCertificate.TryRead(Get(name, keyBits).RawData, out PeerCertificate? peer));
        return peer;
    }

    public static X509Certificate2 Get(string name, int keyBits) => s_made.GetOrAdd((name, keyBits), static key => new(() => Make(key.Name, key.KeyBits))).Value;

    private static X509Certificate2 Make(string name, int keyBits)
    {
        using RSA key = RSA.Create(keyBits);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var from = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return request.CreateSelfSigned(from, from.AddYears(50));
    }
}
