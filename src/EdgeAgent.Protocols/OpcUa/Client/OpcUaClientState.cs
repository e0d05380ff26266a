namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>Whether a client's services can be used.</summary>
public enum OpcUaClientState
{
    /// <summary>Not connected, and not trying to be.</summary>
    Disconnected,

    /// <summary>The first connection is being made.</summary>
    Connecting,

    /// <summary>There is an active session.</summary>
    Connected,

    /// <summary>The connection was lost; another one is being made, again and again.</summary>
    Reconnecting,
}
