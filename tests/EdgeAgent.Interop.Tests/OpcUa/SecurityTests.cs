using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Certificates;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.OpcUa;

public sealed class SecurityTests(SecureServerFixture fixture) : IClassFixture<SecureServerFixture>
{
    public static TheoryData<string, MessageSecurityMode> Channels => new()
    {
        { "None", MessageSecurityMode.None },
        { "Basic256Sha256", MessageSecurityMode.Sign },
        { "Basic256Sha256", MessageSecurityMode.SignAndEncrypt },
        { "Aes128_Sha256_RsaOaep", MessageSecurityMode.Sign },
        { "Aes128_Sha256_RsaOaep", MessageSecurityMode.SignAndEncrypt },
        { "Aes256_Sha256_RsaPss", MessageSecurityMode.Sign },
        { "Aes256_Sha256_RsaPss", MessageSecurityMode.SignAndEncrypt },
    };

    [PartnerTheory("node-opcua")]
    [MemberData(nameof(Channels))]
    public async Task Every_policy_and_mode_carries_small_and_large_messages(string policy, MessageSecurityMode mode)
    {
        await using OpcUaClient client = await OpcUaClients.ConnectAsync(fixture.Secure(policy, mode));
        await ReadManyAsync(client);
    }

    [PartnerTheory("node-opcua")]
    [MemberData(nameof(Channels))]
    public async Task A_user_is_known_by_name_and_password(string policy, MessageSecurityMode mode)
    {
        OpcUaClientOptions options = fixture.Secure(policy, mode) with { Identity = new OpcUaUserIdentity.UserName("operator", "geheim 密码") };
        await using OpcUaClient client = await OpcUaClients.ConnectAsync(options);
        await ReadManyAsync(client);
    }

    [PartnerTheory("node-opcua")]
    [MemberData(nameof(Channels))]
    public async Task A_user_is_known_by_certificate(string policy, MessageSecurityMode mode)
    {
        OpcUaClientOptions options = fixture.Secure(policy, mode) with { Identity = new OpcUaUserIdentity.Certificate(fixture.User) };
        await using OpcUaClient client = await OpcUaClients.ConnectAsync(options);
        await ReadManyAsync(client);
    }

    [PartnerFact("node-opcua")]
    public async Task Without_a_named_policy_the_strongest_is_taken()
    {
        OpcUaClientOptions options = fixture.Secure("Basic256Sha256", MessageSecurityMode.SignAndEncrypt) with { SecurityPolicy = null };
        await using OpcUaClient client = await OpcUaClients.ConnectAsync(options);
        Assert.Equal(SecurityPolicy.Aes256Sha256RsaPss, client.ChannelPolicy);
    }

    [PartnerFact("node-opcua")]
    public async Task A_wrong_password_is_told_as_such()
    {
        OpcUaClientOptions options = fixture.Secure("Basic256Sha256", MessageSecurityMode.SignAndEncrypt) with { Identity = new OpcUaUserIdentity.UserName("operator", "wrong") };
        await using var client = new OpcUaClient(options);
        var failure = await Assert.ThrowsAsync<OpcUaConnectException>(() => client.ConnectAsync());
        Assert.True(failure.Status.Value is StatusCodes.BadUserAccessDenied or StatusCodes.BadIdentityTokenRejected, failure.Message);
        Assert.Contains("password", failure.Message, StringComparison.Ordinal);
        Assert.Equal(OpcUaClientState.Disconnected, client.State);
    }

    [PartnerFact("node-opcua")]
    public async Task An_unknown_server_is_refused_kept_and_accepted_by_a_command()
    {
        using var directory = new TempDirectory();
        var store = new OpcUaCertificateStore(directory.Path);
        OpcUaClientOptions options = fixture.Secure("Basic256Sha256", MessageSecurityMode.SignAndEncrypt) with { CertificateStore = store };
        await using var client = new OpcUaClient(options);
        var failure = await Assert.ThrowsAsync<OpcUaConnectException>(() => client.ConnectAsync());
        Assert.Equal(StatusCodes.BadCertificateUntrusted, failure.Status.Value);
        TrustEntry rejected = Assert.Single(store.List("rejected"));
        Assert.Contains($"edgeagent trust {rejected.Thumbprint} --store {directory.Path}", failure.Message, StringComparison.Ordinal);
        Assert.Equal("urn:edgeagent:partner-server", rejected.ApplicationUri);

        store.Trust(rejected);
        await client.ConnectAsync();
        await ReadManyAsync(client);
        await client.DisconnectAsync();

        store.Distrust(Assert.Single(store.List("trusted")));
        failure = await Assert.ThrowsAsync<OpcUaConnectException>(() => client.ConnectAsync());
        Assert.Equal(StatusCodes.BadCertificateUntrusted, failure.Status.Value);
    }

    [PartnerFact("node-opcua")]
    public async Task A_server_that_does_not_trust_us_yet_is_told_as_such()
    {
        await using NodeOpcuaServer strict = await NodeOpcuaServer.StartAsync("""{"many":500,"acceptClients":false}""");
        OpcUaClientOptions options = fixture.Secure("Basic256Sha256", MessageSecurityMode.SignAndEncrypt) with
        {
            Endpoints = [OpcUaClients.Address(strict.Url)],
            AutoAcceptServerCertificate = true,
        };
        await using var client = new OpcUaClient(options);
        var failure = await Assert.ThrowsAsync<OpcUaConnectException>(() => client.ConnectAsync());
        Assert.Contains("rejected", failure.Message, StringComparison.Ordinal);
        string rejected = Path.Combine(strict.Store, "server", "rejected");
        foreach (string file in Directory.GetFiles(rejected))
        {
            File.Move(file, Path.Combine(strict.Store, "server", "trusted", "certs", Path.GetFileName(file)));
        }
        await strict.RestartAsync();
        await client.ConnectAsync();
        await ReadManyAsync(client);
    }

    [PartnerFact("node-opcua")]
    public async Task The_host_name_in_the_servers_answers_is_not_followed()
    {
        // The server calls itself by a name that leads nowhere, and our way to it leads through another port.
        await using NodeOpcuaServer server = await NodeOpcuaServer.StartAsync("""{"many":500,"hostname":"plc.example.invalid"}""");
        await using var proxy = new TcpProxy(server.Port);
        await using OpcUaClient client = await OpcUaClients.ConnectAsync(OpcUaClients.Open($"opc.tcp://127.0.0.1:{proxy.Port}"));
        await ReadManyAsync(client);
        Assert.Equal(1, proxy.Connections);
    }

    private static async Task ReadManyAsync(OpcUaClient client)
    {
        // 3,000 nodes make requests and responses of several chunks.
        ReadTarget[] targets = [.. Enumerable.Range(0, 3000).Select(i => new ReadTarget(new NodeId(2, 100000 + (uint)(i % 500)), ReadTarget.ValueAttribute))];
        var values = new DataValue[targets.Length];
        Assert.Equal(StatusCodes.Good, (await client.ReadAsync(targets, values)).Value);
        Assert.All(Enumerable.Range(0, 3000), i => Assert.Equal(i % 500, values[i].Value.TryGetInt64(out long value) ? value : -1));
        Assert.Equal(StatusCodes.Good, (await client.ReadAsync([targets[7]], values)).Value);
    }
}
