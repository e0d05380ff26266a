using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.Protocols.OpcUa.Certificates;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.OpcUa;

/// <summary>One server with every policy, mode and kind of user, and a store in which it is trusted.</summary>
public sealed class SecureServerFixture : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private NodeOpcuaServer? _server;

    public NodeOpcuaServer Server => _server!;

    public OpcUaCertificateStore Store { get; private set; } = null!;

    public X509Certificate2 User { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (!Partners.Has("node-opcua"))
        {
            return;
        }
        using RSA key = RSA.Create(2048);
        User = new CertificateRequest("CN=operator", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        _server = await NodeOpcuaServer.StartAsync("""{"many":500,"users":{"operator":"geheim 密码"}}""");
        Store = new OpcUaCertificateStore(_directory.Path);
        await using var client = new OpcUaClient(Secure("Basic256Sha256", MessageSecurityMode.SignAndEncrypt));
        await Assert.ThrowsAsync<OpcUaConnectException>(() => client.ConnectAsync());
        Store.Trust(Assert.Single(Store.List("rejected")));
    }

    internal OpcUaClientOptions Secure(string policy, MessageSecurityMode mode) => OpcUaClients.Open(Server.Url) with
    {
        SecurityMode = mode,
        SecurityPolicy = SecurityPolicy.All.Single(p => p.Name == policy),
        CertificateStore = Store,
        ApplicationUri = "urn:edgeagent:test",
    };

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
        User?.Dispose();
        _directory.Dispose();
    }
}
