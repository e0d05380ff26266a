using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.Commands;
using EdgeAgent.Protocols.OpcUa.Certificates;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.Commands;

public sealed class TrustCommandTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly OpcUaCertificateStore _store;
    private readonly string _thumbprint;

    public TrustCommandTests()
    {
        _store = new OpcUaCertificateStore(_directory.Path);
        using RSA key = RSA.Create(2048);
        using X509Certificate2 server = new CertificateRequest("CN=Press 7", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        _thumbprint = server.Thumbprint;
        _store.Check(server.RawData, new CertificateExpectation("press-7", null, TimeSpan.Zero));
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_rejected_server_is_listed_accepted_and_removed()
    {
        CommandLineRun list = await CommandLineRun.OfAsync("trust", "list", "--store", _directory.Path);
        Assert.Equal(ExitCodes.Done, list.ExitCode);
        Assert.Contains($"rejected  {_thumbprint}  CN=Press 7", list.Out);

        CommandLineRun accept = await CommandLineRun.OfAsync("trust", _thumbprint[..10].ToLowerInvariant(), "--store", _directory.Path);
        Assert.Equal(ExitCodes.Done, accept.ExitCode);
        Assert.Equal(_thumbprint, Assert.Single(_store.List("trusted")).Thumbprint);
        Assert.Empty(_store.List("rejected"));
        Assert.Contains("trusted   " + _thumbprint, (await CommandLineRun.OfAsync("trust", "--store", _directory.Path)).Out);
        Assert.Contains("before", (await CommandLineRun.OfAsync("trust", _thumbprint, "--store", _directory.Path)).Out);

        string withColons = string.Join(':', _thumbprint.Chunk(2).Select(pair => new string(pair)));
        CommandLineRun remove = await CommandLineRun.OfAsync("trust", "remove", withColons, "--store", _directory.Path);
        Assert.Equal(ExitCodes.Done, remove.ExitCode);
        Assert.Empty(_store.List("trusted"));
    }

    [Fact]
    public async Task What_is_unknown_or_unclear_is_refused_with_a_way_out()
    {
        CommandLineRun unknown = await CommandLineRun.OfAsync("trust", new string('0', 40), "--store", _directory.Path);
        Assert.Equal(ExitCodes.Failed, unknown.ExitCode);
        Assert.Contains("trust list", unknown.Error);
        Assert.Equal(ExitCodes.BadUsage, (await CommandLineRun.OfAsync("trust", _thumbprint[..4], "--store", _directory.Path)).ExitCode);
        Assert.Equal(ExitCodes.BadUsage, (await CommandLineRun.OfAsync("trust", "list", "--store", _directory.Path, "--config", "agent.json")).ExitCode);
    }

    [Fact]
    public async Task The_directory_is_the_one_that_the_endpoints_name()
    {
        string config = _directory.File("agent.json");
        await File.WriteAllTextAsync(config, $$"""
            {"site": "plant", "agent": {"id": "gw", "endpoints": [{"name": "press", "driver": "opc-ua",
              "settings": {"endpoints": ["opc.tcp://press-7:4840"], "certificateStore": "{{_directory.Path}}" }, "devices": [] } ] } }
            """);
        CommandLineRun list = await CommandLineRun.OfAsync("trust", "list", "--config", config);
        Assert.True(list.ExitCode == ExitCodes.Done, list.Error);
        Assert.Contains(_thumbprint, list.Out);
    }

    [Fact]
    public async Task The_own_certificate_is_shown_with_its_file()
    {
        Assert.Equal(ExitCodes.Failed, (await CommandLineRun.OfAsync("trust", "own", "--store", _directory.Path)).ExitCode);
        using X509Certificate2 own = _store.GetOwn("EdgeAgent", "urn:edgeagent:plant-1:gw-01");
        CommandLineRun shown = await CommandLineRun.OfAsync("trust", "own", "--store", _directory.Path);
        Assert.Equal(ExitCodes.Done, shown.ExitCode);
        Assert.Contains(own.Thumbprint, shown.Out);
        Assert.Contains("urn:edgeagent:plant-1:gw-01", shown.Out);
        Assert.Contains("certificate.der", shown.Out);
    }
}
