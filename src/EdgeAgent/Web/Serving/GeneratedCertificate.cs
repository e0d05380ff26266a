using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeAgent.Web.Serving;

/// <summary>A certificate that the program signs itself, for installations without an authority of their own: ECDSA P-256, in one file with its key.</summary>
/// <remarks>It is kept as long as it is valid for the names that the configuration gives: each new one makes every browser ask again.</remarks>
internal static class GeneratedCertificate
{
    public static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    // What browsers take at most.
    private static readonly TimeSpan Validity = TimeSpan.FromDays(397);
    private const string FileName = "web-certificate.pem";

    /// <returns>The PEM file with certificate and key.</returns>
    public static string Ensure(string dataDirectory, IReadOnlyList<string> names, TimeProvider time)
    {
        string file = Path.Combine(dataDirectory, FileName);
        if (!IsGood(file, names, time.GetUtcNow()))
        {
            Write(file, names, time.GetUtcNow());
        }

        return file;
    }

    /// <summary>This machine's name, the addresses that it has now, and what the configuration adds.</summary>
    public static IReadOnlyList<string> NamesOf(IPEndPoint listen, IEnumerable<string> configured)
    {
        List<string> names = ["localhost", Environment.MachineName.ToLowerInvariant(), .. configured];
        if (!IPAddress.IsLoopback(listen.Address) && !listen.Address.Equals(IPAddress.Any) && !listen.Address.Equals(IPAddress.IPv6Any))
        {
            names.Add(listen.Address.ToString());
        }

        return [.. names.Where(name => Uri.CheckHostName(name) != UriHostNameType.Unknown).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static bool IsGood(string file, IReadOnlyList<string> names, DateTimeOffset now)
    {
        if (!File.Exists(file))
        {
            return false;
        }

        try
        {
            using X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(file, file);
            return now >= certificate.NotBefore.ToUniversalTime() && now < certificate.NotAfter.ToUniversalTime() - RenewBefore
                && names.All(name => certificate.MatchesHostname(name, allowWildcards: false, allowCommonName: false));
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static void Write(string file, IReadOnlyList<string> names, DateTimeOffset now)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN=EdgeAgent {Environment.MachineName}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder alternatives = new();
        foreach (string name in names.Concat(Addresses()).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IPAddress.TryParse(name, out IPAddress? address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        // A day back, for browsers whose clock is behind.
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(-1) + Validity);
        Save(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    private static void Save(string file, string pem)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        string draft = file + ".new";
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (StreamWriter writer = new(draft, System.Text.Encoding.ASCII, options))
        {
            writer.Write(pem);
        }

        File.Move(draft, file, overwrite: true);
    }

    private static IEnumerable<string> Addresses()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces().Where(i => i.OperationalStatus == OperationalStatus.Up)
                .SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => a.Address)
                .Where(a => a.AddressFamily == AddressFamily.InterNetwork || (a.AddressFamily == AddressFamily.InterNetworkV6 && !a.IsIPv6LinkLocal))
                .Select(a => a.ToString())];
        }
        catch (NetworkInformationException)
        {
            return [IPAddress.Loopback.ToString(), IPAddress.IPv6Loopback.ToString()];
        }
    }
}
