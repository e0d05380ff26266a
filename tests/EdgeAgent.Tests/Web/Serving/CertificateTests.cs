using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;
using EdgeAgent.TestKit;
using EdgeAgent.Tests.Web.Access;
using EdgeAgent.Web.Serving;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Web.Serving;

public sealed class CertificateTests : IDisposable
{
    private static readonly string[] Names = ["localhost", "edge.example.com", "192.0.2.7"];

    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_generated_certificate_is_for_all_names_short_enough_for_browsers_and_nobody_elses_to_read()
    {
        string file = GeneratedCertificate.Ensure(_directory.Path, Names, _time);
        using X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(file, file);
        Assert.All([.. Names, "127.0.0.1"], name => Assert.True(certificate.MatchesHostname(name, allowWildcards: false, allowCommonName: false), name));
        Assert.Equal("1.2.840.10045.3.1.7", certificate.GetECDsaPublicKey()!.ExportParameters(false).Curve.Oid.Value);
        Assert.True(certificate.NotAfter - certificate.NotBefore <= TimeSpan.FromDays(398));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public void It_is_kept_until_a_month_before_its_end_or_until_a_name_is_new()
    {
        string Thumbprint(params string[] names)
        {
            string file = GeneratedCertificate.Ensure(_directory.Path, names, _time);
            using X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(file, file);
            return certificate.Thumbprint;
        }

        string first = Thumbprint(Names);
        _time.Advance(TimeSpan.FromDays(365));
        Assert.Equal(first, Thumbprint("localhost"));
        _time.Advance(TimeSpan.FromDays(2));
        string second = Thumbprint(Names);
        Assert.NotEqual(first, second);
        Assert.NotEqual(second, Thumbprint([.. Names, "press.example.com"]));
    }

    [Fact]
    public void A_given_certificate_that_is_renewed_is_taken_and_half_of_a_renewal_is_not()
    {
        (string certificate, string key) = (_directory.File("site.crt"), _directory.File("site.key"));
        Give("first", certificate, key);
        WebCertificate web = new(new WebHttpsConfig { CertificateFile = certificate, KeyFile = key }, _directory.Path, [], _time, NullLogger<WebCertificate>.Instance);
        Assert.Equal("CN=first", web.Current.Certificate.Subject);

        File.WriteAllText(certificate, "half of a fi");
        File.SetLastWriteTimeUtc(certificate, new DateTime(2026, 5, 2, 0, 0, 0, DateTimeKind.Utc));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("CN=first", web.Current.Certificate.Subject);

        Give("second", certificate, key);
        File.SetLastWriteTimeUtc(certificate, new DateTime(2126, 5, 3, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal("CN=first", web.Current.Certificate.Subject); // Not looked at more than once a minute.
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("CN=second", web.Current.Certificate.Subject);
    }

    [Fact]
    public void A_certificate_that_cannot_be_used_is_told_with_its_file()
    {
        string file = _directory.File("site.crt");
        File.WriteAllText(file, "no certificate");
        WebCertificate web = new(new WebHttpsConfig { CertificateFile = file, KeyFile = file }, _directory.Path, [], _time, NullLogger<WebCertificate>.Instance);
        Assert.Contains(file, Assert.Throws<WebCertificateException>(() => web.Current).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_https_the_pages_answer_and_the_cookie_stays_there()
    {
        string file = _directory.File("hub.json");
        await File.WriteAllTextAsync(file, $$"""
            { "site": "plant", "broker": { "listen": "127.0.0.1:{{FreePort.Tcp()}}" }, "hub": { "dataDirectory": "hub", "store": { "kind": "sqlite", "path": "hub/store" } },
              "web": { "listen": "127.0.0.1:0", "https": { "generated": true } } }
            """);
        using CancellationTokenSource stop = new();
        await using EdgeHost host = EdgeHost.Build(ConfigLoading.Load(file), new EdgeHostOptions(TimeProvider.System, LevelLeast: LogLevel.Critical));
        Task<int> running = host.RunAsync(stop.Token);
        await host.Roles.Started.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.StartsWith("https://", host.WebAddress, StringComparison.Ordinal);
        using HttpClientHandler handler = new()
        {
            ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate!.MatchesHostname("localhost", allowWildcards: false, allowCommonName: false),
        };
        using HttpClient client = new(handler) { BaseAddress = new Uri(host.WebAddress!) };
        HttpResponseMessage made = await client.PostAsJsonAsync("/api/first-start", new { name = "chief", password = AccessServer.Password });
        await stop.CancelAsync();

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Contains("; secure", made.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        await running;
    }

    [Theory]
    [InlineData("""{ "listen": "0.0.0.0:8080" }""", "without HTTPS")]
    [InlineData("""{ "listen": "*:8080", "https": { "generated": true, "hsts": true } }""", "remember for a year")]
    public void What_is_open_to_the_network_is_warned_of(string web, string warning) => Assert.Contains(Load(web).Errors.Warnings, w => w.Problem.Contains(warning, StringComparison.Ordinal));

    [Theory]
    [InlineData("""{ "https": { } }""", "no certificate")]
    [InlineData("""{ "https": { "keyFile": "hub.json" } }""", "without the other")]
    [InlineData("""{ "https": { "generated": true, "certificateFile": "hub.json", "keyFile": "hub.json" } }""", "one is to be made")]
    [InlineData("""{ "https": { "certificateFile": "gone.crt", "keyFile": "hub.json" } }""", "does not exist")]
    [InlineData("""{ "hosts": [ "https://edge.example.com" ] }""", "no host name")]
    public void What_is_wrong_with_the_section_is_told(string web, string problem) => Assert.Contains(Load(web).Errors, e => e.Problem.Contains(problem, StringComparison.Ordinal));

    [Fact]
    public void A_loopback_address_needs_no_https() => Assert.Empty(Load("""{ "listen": "127.0.0.1:8080" }""").Errors.Warnings);

    private LoadedConfig Load(string web)
    {
        string file = _directory.File("hub.json");
        File.WriteAllText(file, $$"""{ "site": "plant", "broker": { "listen": "127.0.0.1:1883" }, "hub": {}, "web": {{web}} }""");
        return ConfigLoading.Load(file);
    }

    private static void Give(string name, string certificateFile, string keyFile)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
    }
}
