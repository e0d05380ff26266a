namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>Services of a server, as their users see them: a session that outlives its connections.</summary>
internal interface IUaServiceChannel
{
    /// <summary>How many connections there have been; it grows when a connection was lost and another one made.</summary>
    int ConnectionNumber { get; }

    /// <summary>How many sessions there have been; while it stays, the server still has the subscriptions of this session.</summary>
    int SessionNumber { get; }

    /// <summary>
    /// Sends one request on the session and completes when its response was read. It never throws for what the peer does: the
    /// result is the status that <see cref="IUaExchange.ReadResponse"/> gave, or why there was no response (BadTimeout,
    /// BadConnectionClosed, BadNotConnected without a session, BadRequestTooLarge, BadRequestCancelledByClient when the
    /// cancellation came). Nothing is sent again after a connection was lost.
    /// </summary>
    /// <param name="timeout">How long to wait; the server is told so too.</param>
    ValueTask<StatusCode> CallAsync<TExchange>(TExchange exchange, TimeSpan timeout, CancellationToken cancellation)
        where TExchange : class, IUaExchange;

    /// <summary>From now on the observer is told what becomes of the session.</summary>
    void Observe(IUaSessionObserver observer);

    /// <summary>
    /// Gives a connection up, because what came over it (or did not come) shows that something is wrong; the session is then
    /// continued over another one. Nothing happens when the connection is no longer the current one.
    /// </summary>
    void Distrust(int connectionNumber, StatusCode status, string reason);

    void Unobserve(IUaSessionObserver observer);
}
