using EdgeAgent.Protocols.OpcUa.Services.Views;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>A client's session (OPC 10000-4 §5.6): it outlives the connection that it was made on.</summary>
internal sealed class ServerSession(NodeId id, NodeId token, string name, byte[]? clientCertificate, TimeSpan timeout, long createdAt)
{
    public NodeId Id { get; } = id;

    /// <summary>The secret name that comes with each request.</summary>
    public NodeId Token { get; } = token;

    public string Name { get; } = name;

    public byte[]? ClientCertificate { get; } = clientCertificate;

    public TimeSpan Timeout { get; } = timeout;

    /// <summary>What the client must sign at its next activation.</summary>
    public byte[] Nonce { get; set; } = [];

    /// <summary>Where the session is used now; null while its connection is gone.</summary>
    public ServerConnection? Connection { get; set; }

    public bool IsActivated { get; set; }

    /// <summary>Who uses it; null is anonymous.</summary>
    public string? User { get; set; }

    /// <summary>When the client was last heard of, as a timestamp of the clock.</summary>
    public long LastHeardAt { get; set; } = createdAt;

    public ContinuationPoints<BrowseRest> Browsing { get; } = new();

    public ContinuationPoints<HistoryRest> History { get; } = new();

    /// <summary>Publish requests that wait for something to publish, the oldest first.</summary>
    public LinkedList<WaitingPublish> Publishing { get; } = [];

    public List<Subscription> Subscriptions { get; } = [];
}

/// <summary>The references of a node that did not fit into an answer.</summary>
internal sealed record BrowseRest(ReferenceDescription[] References, int Next, int CountMax);
