using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>The sessions of a server, and its subscriptions, which outlive them.</summary>
internal sealed class SessionTable(ServerCore core)
{
    // As long as the secret of a session should be: OPC 10000-4 §5.6.2 asks for what cannot be guessed.
    private const int TokenBytes = 32;

    private readonly Dictionary<NodeId, ServerSession> _byToken = [];
    private readonly Dictionary<uint, Subscription> _subscriptions = [];
    private uint _lastSubscriptionId;
    private uint _lastSessionNumber;

    public int Count => _byToken.Count;

    public bool TryFind(NodeId token, [NotNullWhen(true)] out ServerSession? session) => _byToken.TryGetValue(token, out session);

    public ServerSession Add(string name, byte[]? clientCertificate, TimeSpan timeout)
    {
        var session = new ServerSession(
            new NodeId(1, $"Session.{++_lastSessionNumber}"), new NodeId(0, RandomNumberGenerator.GetBytes(TokenBytes)), name, clientCertificate, timeout,
            core.Time.GetTimestamp());
        _byToken.Add(session.Token, session);
        return session;
    }

    /// <summary>Ends a session. Its subscriptions go with it, or wait for somebody to take them over until their lifetime is over.</summary>
    public void End(ServerSession session, bool deletesSubscriptions)
    {
        _byToken.Remove(session.Token);
        session.Publishing.Clear();
        foreach (Subscription subscription in session.Subscriptions.ToArray())
        {
            if (deletesSubscriptions)
            {
                Delete(subscription);
            }
            else
            {
                subscription.Session = null;
            }
        }
        session.Subscriptions.Clear();
    }

    /// <summary>Ends the sessions whose clients have not been heard of for too long.</summary>
    public void EndSilent()
    {
        foreach (ServerSession session in _byToken.Values.Where(s => core.Time.GetElapsedTime(s.LastHeardAt) > s.Timeout).ToArray())
        {
            End(session, deletesSubscriptions: false);
        }
    }

    /// <summary>A connection is gone; its sessions stay, the requests that came over it cannot be answered any more.</summary>
    public void Leave(ServerConnection connection)
    {
        foreach (ServerSession session in _byToken.Values)
        {
            if (session.Connection == connection)
            {
                session.Connection = null;
                session.Publishing.Clear();
            }
        }
        // A session that was never activated belongs to its channel alone.
        foreach (ServerSession session in _byToken.Values.Where(s => s is { IsActivated: false, Connection: null }).ToArray())
        {
            End(session, deletesSubscriptions: true);
        }
    }

    public bool TryFind(uint subscriptionId, [NotNullWhen(true)] out Subscription? subscription) => _subscriptions.TryGetValue(subscriptionId, out subscription);

    public uint NextSubscriptionId() => ++_lastSubscriptionId;

    public void Add(ServerSession session, Subscription subscription)
    {
        _subscriptions.Add(subscription.Id, subscription);
        session.Subscriptions.Add(subscription);
    }

    public void Delete(Subscription subscription)
    {
        _subscriptions.Remove(subscription.Id);
        subscription.Session?.Subscriptions.Remove(subscription);
        subscription.Session = null;
        subscription.Dispose();
    }

    public void Clear()
    {
        foreach (Subscription subscription in _subscriptions.Values.ToArray())
        {
            Delete(subscription);
        }
        foreach (ServerSession session in _byToken.Values.ToArray())
        {
            End(session, deletesSubscriptions: true);
        }
    }
}
