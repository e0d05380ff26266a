using System.Security.Cryptography;
using EdgeAgent.Commands;
using EdgeAgent.Store;
using EdgeAgent.Store.Agents;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.Commands;

public sealed class AgentsCommandTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public AgentsCommandTests() => File.WriteAllText(
        Config,
        """{ "site": "plant", "broker": { "listen": "127.0.0.1:0" }, "hub": { "dataDirectory": "hub", "store": { "kind": "sqlite", "path": "hub/store" } } }""");

    private string Config => _directory.File("hub.json");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task An_agent_that_showed_itself_is_listed_approved_and_revoked()
    {
        string fingerprint = Introduce("gw-01");

        Assert.Contains("pending   plant/gw-01  key " + fingerprint, (await AgentsAsync("list")).Out);
        Assert.Equal(ExitCodes.Failed, (await AgentsAsync("approve", "gw-01", "--fingerprint", "0000")).ExitCode);
        Assert.Equal(ExitCodes.Done, (await AgentsAsync("approve", "plant/gw-01", "--fingerprint", fingerprint)).ExitCode);
        Assert.Contains("approved  plant/gw-01", (await AgentsAsync("list")).Out);
        Assert.Equal(ExitCodes.Done, (await AgentsAsync("revoke", "gw-01")).ExitCode);
        Assert.Contains("revoked   plant/gw-01", (await AgentsAsync("list")).Out);
    }

    [Fact]
    public async Task An_agent_that_never_showed_itself_cannot_be_approved()
    {
        CommandLineRun run = await AgentsAsync("approve", "gw-99");

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("never showed itself", run.Error);
    }

    [Fact]
    public async Task Whoever_approves_needs_no_secret_of_the_hub()
    {
        File.WriteAllText(
            Config,
            """
            { "site": "plant", "hub": { "dataDirectory": "hub", "store": { "kind": "sqlite", "path": "hub/store" }, "enrolmentTokens": ["${file:nowhere}"],
              "broker": { "brokers": ["mqtt://127.0.0.1:1"], "user": "hub", "password": "${env:EDGEAGENT_TESTS_NEVER_SET}" } } }
            """);
        Introduce("gw-01");

        CommandLineRun approved = await AgentsAsync("approve", "gw-01");
        Assert.True(approved.ExitCode == ExitCodes.Done, approved.Error);
        Assert.Equal(ExitCodes.BadUsage, (await CommandLineRun.OfAsync(["check", Config])).ExitCode);
    }

    [Fact]
    public async Task An_invitation_prints_its_token_and_nothing_else_on_the_output()
    {
        CommandLineRun run = await AgentsAsync("invite", "gw-07", "--valid", "12h");

        Assert.True(run.ExitCode == ExitCodes.Done, run.Error);
        string token = run.Out.Trim();
        Assert.Matches("^[A-Za-z0-9_-]{32}$", token);
        Assert.Contains("plant/gw-07, once", run.Error);
        using AgentRegistry registry = AgentRegistry.Open(_directory.File("hub"), TimeProvider.System);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] publicKey = key.ExportSubjectPublicKeyInfo();
        Assert.Equal(EnrolmentStatus.Approved, registry.Introduce(
            new AgentKey("plant", "gw-07"), publicKey, EdgeAgent.Core.Batches.EnrolmentProof.Create(token, publicKey), []).Status);
        registry.Describe(new AgentKey("plant", "gw-07"), "1.2.3", "abcdef0123456789");
        registry.Saw(new AgentKey("plant", "gw-07"), 1, -1500);
        Assert.Contains("version 1.2.3  configuration abcdef012345  clock -1,500 ms", (await AgentsAsync("list")).Out);
        Assert.Equal(ExitCodes.BadUsage, (await AgentsAsync("invite", "gw-08", "--valid", "soon")).ExitCode);
    }

    private string Introduce(string agent)
    {
        using AgentRegistry registry = AgentRegistry.Open(_directory.File("hub"), TimeProvider.System);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return registry.Introduce(new AgentKey("plant", agent), key.ExportSubjectPublicKeyInfo(), null, []).Fingerprint;
    }

    private Task<CommandLineRun> AgentsAsync(params string[] args) => CommandLineRun.OfAsync(["agents", .. args, "--config", Config]);
}
