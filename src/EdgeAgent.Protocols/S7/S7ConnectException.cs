namespace EdgeAgent.Protocols.S7;

/// <summary>A controller could not be reached. The message says at which step and what to check.</summary>
public sealed class S7ConnectException(string message, Exception? inner = null) : Exception(message, inner);
