using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Certificates;
using EdgeAgent.TestKit;

namespace EdgeAgent.Protocols.Tests.OpcUa.Certificates;

public sealed class CertificateStoreTests : IDisposable
{
    private static readonly CertificateExpectation s_expected = new("press-7", "urn:press", TimeSpan.FromMinutes(5));

    private readonly TempDirectory _directory = new();
    private readonly TestPlant _plant = new();
    private readonly FakeTimeProvider _time = new(TestPlant.Now);
    private readonly OpcUaCertificateStore _store;

    public CertificateStoreTests() => _store = new OpcUaCertificateStore(_directory.Path, _time);

    public void Dispose()
    {
        _plant.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Our_own_certificate_is_made_once_with_what_servers_look_at()
    {
        using X509Certificate2 own = _store.GetOwn("EdgeAgent", "urn:edgeagent:plant:gw-1");
        using X509Certificate2 again = _store.GetOwn("EdgeAgent", "urn:edgeagent:plant:gw-1");
        Assert.Equal(own.Thumbprint, again.Thumbprint);
        Assert.True(own.HasPrivateKey);
        Assert.Equal("urn:edgeagent:plant:gw-1", CertificateNames.Of(own).ApplicationUri);
        Assert.True(CertificateNames.Of(own).HasHost(Environment.MachineName));
        Assert.Contains(own.Extensions, e => e is X509KeyUsageExtension u && u.KeyUsages.HasFlag(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory.File("own", "key.pem")));
        }
    }

    [Fact]
    public void It_is_renewed_before_it_expires_and_when_the_application_is_another()
    {
        using X509Certificate2 own = _store.GetOwn("EdgeAgent", "urn:a");
        _time.Advance(own.NotAfter.ToUniversalTime() - TestPlant.Now - TimeSpan.FromDays(61));
        using X509Certificate2 still = _store.GetOwn("EdgeAgent", "urn:a");
        Assert.Equal(own.Thumbprint, still.Thumbprint);
        _time.Advance(TimeSpan.FromDays(2));
        using X509Certificate2 renewed = _store.GetOwn("EdgeAgent", "urn:a");
        Assert.NotEqual(own.Thumbprint, renewed.Thumbprint);
        Assert.True(File.Exists(_directory.File("own", $"replaced-{own.Thumbprint}.der")));
        using X509Certificate2 other = _store.GetOwn("EdgeAgent", "urn:b");
        Assert.Equal("urn:b", _store.Own!.ApplicationUri);
    }

    [Fact]
    public void A_damaged_key_is_told_and_not_replaced_in_silence()
    {
        _store.GetOwn("EdgeAgent", "urn:a").Dispose();
        File.WriteAllText(_directory.File("own", "key.pem"), "nothing");
        IOException failure = Assert.Throws<IOException>(() => _store.GetOwn("EdgeAgent", "urn:a"));
        Assert.Contains("key.pem", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_server_is_rejected_and_kept_until_it_is_trusted()
    {
        using X509Certificate2 server = _plant.Server();
        CertificateVerdict verdict = Check(server);
        Assert.Equal(StatusCodes.BadCertificateUntrusted, verdict.Status.Value);
        Assert.Contains($"edgeagent trust {server.Thumbprint} --store {_directory.Path}", verdict.Reason, StringComparison.Ordinal);
        Check(server);
        _store.Trust(Assert.Single(_store.List("rejected")));
        Assert.True(Check(server).IsAccepted);
    }

    [Fact]
    public void One_that_is_trusted_by_itself_may_be_reached_by_any_name_but_must_be_that_application()
    {
        using X509Certificate2 server = _plant.Server();
        Put("trusted", server.RawData);
        Assert.True(Check(server, s_expected with { Host = "192.168.0.9" }).IsAccepted);
        Assert.Equal(StatusCodes.BadCertificateUriInvalid, Check(server, s_expected with { ApplicationUri = "urn:oven" }).Status.Value);
    }

    [Fact]
    public void One_that_is_trusted_through_its_issuer_must_fit_in_every_respect()
    {
        using X509Certificate2 server = _plant.Server();
        Put("issuers", _plant.Authority.RawData);
        Assert.Equal(StatusCodes.BadCertificateUntrusted, Check(server).Status.Value);
        Put("trusted", _plant.Authority.RawData);
        Assert.True(Check(server).IsAccepted);
        Assert.True(Check(server, s_expected with { Host = "PRESS-7" }).IsAccepted);
        Assert.True(Check(server, s_expected with { Host = "10.1.2.3" }).IsAccepted);
        Assert.Equal(StatusCodes.BadCertificateHostNameInvalid, Check(server, s_expected with { Host = "press-8" }).Status.Value);
        using X509Certificate2 client = _plant.Server(isForClientsOnly: true);
        Assert.Equal(StatusCodes.BadCertificateUseNotAllowed, Check(client).Status.Value);
        using var others = new TestPlant("CN=Plant");
        using X509Certificate2 forged = others.Server();
        Assert.Equal(StatusCodes.BadCertificateUntrusted, Check(forged).Status.Value);
    }

    [Fact]
    public void Validity_is_checked_with_the_allowed_skew_of_the_clocks()
    {
        using X509Certificate2 young = _plant.Server(from: TestPlant.Now.AddMinutes(4));
        using X509Certificate2 old = _plant.Server(until: TestPlant.Now.AddMinutes(-6));
        Put("trusted", young.RawData, old.RawData);
        Assert.True(Check(young).IsAccepted);
        Assert.Equal(StatusCodes.BadCertificateTimeInvalid, Check(young, s_expected with { ClockSkew = TimeSpan.FromMinutes(3) }).Status.Value);
        CertificateVerdict expired = Check(old);
        Assert.Equal(StatusCodes.BadCertificateTimeInvalid, expired.Status.Value);
        Assert.Contains("2026-06-01 12:00 UTC here", expired.Reason, StringComparison.Ordinal);
        Assert.True(Check(old, s_expected with { ClockSkew = TimeSpan.FromMinutes(10) }).IsAccepted);
    }

    [Fact]
    public void A_revoked_certificate_is_refused_if_its_issuer_signed_the_list()
    {
        using X509Certificate2 good = _plant.Server();
        using X509Certificate2 stolen = _plant.Server();
        Put("trusted", _plant.Authority.RawData, stolen.RawData);
        using var others = new TestPlant("CN=Plant");
        File.WriteAllBytes(_directory.File("trusted", "forged.crl"), others.Revocations(good));
        Assert.True(Check(good).IsAccepted);
        Assert.True(Check(stolen).IsAccepted);
        Directory.CreateDirectory(_directory.File("issuers"));
        File.WriteAllBytes(_directory.File("issuers", "plant.crl"), _plant.Revocations(stolen));
        Assert.True(Check(good).IsAccepted);
        Assert.Equal(StatusCodes.BadCertificateRevoked, Check(stolen).Status.Value);
    }

    [Fact]
    public void A_flood_of_unknown_servers_does_not_fill_the_disk()
    {
        using RSA key = RSA.Create(2048);
        for (int i = 0; i < 110; i++)
        {
            using X509Certificate2 stranger = new CertificateRequest($"CN=stranger/../{i}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                .CreateSelfSigned(TestPlant.Now, TestPlant.Now.AddDays(1));
            Check(stranger);
        }
        Assert.Equal(100, _store.List("rejected").Count);
        Assert.Equal(100, Directory.GetFiles(_directory.Path, "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void What_is_no_certificate_is_refused_and_files_that_are_none_are_passed_over()
    {
        Assert.Equal(StatusCodes.BadCertificateInvalid, _store.Check([1, 2, 3, 4, 5, 6], s_expected).Status.Value);
        Assert.Equal(StatusCodes.BadCertificateInvalid, _store.Check([], s_expected).Status.Value);
        Put("trusted", "no certificate"u8.ToArray());
        File.WriteAllBytes(_directory.File("trusted", "x.crl"), [0x30, 0x03, 1, 2]);
        Assert.Empty(_store.List("trusted"));
        using X509Certificate2 server = _plant.Server();
        Assert.False(Check(server).IsAccepted);
        // Whatever comes behind the certificate does not matter.
        Put("trusted", server.RawData);
        Assert.True(_store.Check([.. server.RawData, 0x30, 0x82, 0, 9, 1], s_expected).IsAccepted);
    }

    private CertificateVerdict Check(X509Certificate2 certificate, CertificateExpectation? expected = null) => _store.Check(certificate.RawData, expected ?? s_expected);

    private void Put(string folder, params byte[][] certificates)
    {
        Directory.CreateDirectory(_directory.File(folder));
        foreach (byte[] certificate in certificates)
        {
            File.WriteAllBytes(_directory.File(folder, Guid.NewGuid().ToString("N") + ".der"), certificate);
        }
    }
}
