namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>The times of a connection.</summary>
/// <param name="Request">How long a renewal may take.</param>
/// <param name="KeepAlive">After so long without a word from the server it is asked for a sign of life, which must come within the same time again.</param>
/// <param name="ChannelLifetime">The life of a token that is asked for.</param>
internal sealed record ConnectionTiming(TimeSpan Request, TimeSpan KeepAlive, TimeSpan ChannelLifetime);
