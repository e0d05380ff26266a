using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.Protocols.OpcUa.Security;

namespace EdgeAgent.Simulation.OpcUa;

/// <summary>What a simulated server needs for security: the policies by the names of a simulation file, and a certificate.</summary>
internal static class SimulatedSecurity
{
    private const string NoneName = "none";
    private static readonly TimeSpan ValidFor = TimeSpan.FromDays(365);

    /// <summary>The names of policies in a simulation file.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. SecurityPolicy.All.Select(NameOf)];

    public static bool AllowsNone(SimulatedOpcUaConfig config) => config.Security.Contains(NoneName);

    public static IReadOnlyList<SecurityPolicy> Policies(SimulatedOpcUaConfig config) =>
        [.. SecurityPolicy.All.Where(policy => !policy.IsNone && config.Security.Contains(NameOf(policy)))];

    /// <summary>A certificate signed by itself, made anew at each start: who trusts a simulator does not do so for long.</summary>
    public static X509Certificate2 CreateCertificate(string applicationUri, TimeProvider time)
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=EdgeAgent Simulator", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddUri(new Uri(applicationUri));
        names.AddDnsName("localhost");
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, false));
        // What OPC 10000-6 §6.2.2 asks of the certificate of an application.
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment
                | X509KeyUsageFlags.KeyCertSign,
            critical: false));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false)); // server
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        DateTimeOffset now = time.GetUtcNow();
        return request.CreateSelfSigned(now.AddHours(-1), now + ValidFor);
    }

    private static string NameOf(SecurityPolicy policy) => policy.Name.Replace("_", "-", StringComparison.Ordinal).ToLowerInvariant();
}
