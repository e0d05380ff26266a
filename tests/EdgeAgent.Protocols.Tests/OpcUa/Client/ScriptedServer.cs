using System.Security.Cryptography;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Discovery;
using EdgeAgent.Protocols.OpcUa.Services.Sessions;
using EdgeAgent.Protocols.Tests.OpcUa.Channels;

namespace EdgeAgent.Protocols.Tests.OpcUa.Client;

/// <summary>A server in memory that does what a test tells it to, right or wrong; all its connections share one memory of sessions.</summary>
internal sealed class ScriptedServer(TimeProvider time) : IUaLinkSource, IDisposable
{
    private readonly OwnCertificate _own = TestCertificates.Own("server");

    public TimeProvider Time => time;

    public OwnCertificate Own => _own;

    public List<ScriptedConnection> Connections { get; } = [];

    public ScriptedConnection Last => Connections[^1];

    /// <summary>Nothing is answered while set, not even the opening of a connection.</summary>
    public bool IsSilent { get; set; }

    public bool RefusesConnections { get; set; }

    /// <summary>Services that get no answer.</summary>
    public HashSet<uint> Swallowed { get; } = [];

    /// <summary>What becomes of the channel's renewal.</summary>
    public StatusCode RenewalResult { get; set; }

    public HashSet<NodeId> Sessions { get; } = [];

    public int SessionsCreated { get; set; }

    /// <summary>Told of each request before it is answered.</summary>
    public Action<uint>? Asked { get; set; }

    /// <summary>Changes the answer to CreateSession.</summary>
    public Func<CreateSessionResponse, CreateSessionResponse> Created { get; set; } = static response => response;

    /// <summary>Makes the nonces of activations.</summary>
    public Func<byte[]> Nonce { get; set; } = static () => RandomNumberGenerator.GetBytes(32);

    public int PieceBytesMax { get; set; } = int.MaxValue;

    public List<SecurityPolicy> Policies { get; } = [SecurityPolicy.None, SecurityPolicy.Basic256Sha256];

    public static OpcUaAddress Address { get; } = OpcUaAddress.TryParse("opc.tcp://plc.example:4840/line", out OpcUaAddress? address) ? address : throw new InvalidOperationException();

    public EndpointDescription[] Endpoints => [.. Policies.Select(Endpoint)];

    public EndpointDescription Endpoint(SecurityPolicy policy) => new(
        "opc.tcp://elsewhere.invalid:1/", new ApplicationDescription("urn:server", null, default, ApplicationType.Server, null, null, null), _own.Der,
        policy.IsNone ? MessageSecurityMode.None : MessageSecurityMode.SignAndEncrypt, policy.Uri,
        [new UserTokenPolicy("anonymous", UserTokenType.Anonymous, null, null, null), new UserTokenPolicy("plain", UserTokenType.UserName, null, null, SecurityPolicy.None.Uri)], null, 1);

    public Task<UaLink> ConnectAsync(OpcUaAddress address, CancellationToken cancellation)
    {
        if (RefusesConnections)
        {
            throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused);
        }
        var connection = new ScriptedConnection(this);
        Connections.Add(connection);
        return Task.FromResult<UaLink>(connection.Link);
    }

    public void Dispose()
    {
        Connections.ForEach(connection => connection.Dispose());
        _own.Dispose();
    }
}
