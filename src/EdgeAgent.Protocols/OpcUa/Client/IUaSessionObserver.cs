namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>
/// Hears what becomes of a session, in order and never two at a time. Called between connections, so it must be quick and
/// not wait for a call; services may be called again from the moment one of the first two is told.
/// </summary>
internal interface IUaSessionObserver
{
    /// <summary>
    /// The same session goes on over a new connection: the server still has its subscriptions. Requests that were outstanding
    /// have failed, and the notifications that answered them may have to be asked for again (Republish).
    /// </summary>
    void SessionContinued(int connectionNumber, int sessionNumber);

    /// <summary>A new session: subscriptions of the one before must be transferred or made again.</summary>
    void SessionCreated(int connectionNumber, int sessionNumber);

    /// <summary>The connection is gone or no longer trusted; every outstanding request has failed.</summary>
    void ConnectionLost(int connectionNumber, StatusCode reason);
}
