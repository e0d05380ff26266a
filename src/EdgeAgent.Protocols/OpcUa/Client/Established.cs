namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>A connection with an active session on it.</summary>
/// <param name="IsContinued">The session is the one of the connection before.</param>
internal sealed record Established(UaConnection Connection, UaSession Session, OpcUaAddress Address, bool IsContinued, SessionFacts Facts);
