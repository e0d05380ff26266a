namespace EdgeAgent.Protocols.Melsec;

/// <summary>A controller could not be reached. The message says what happened and what to check.</summary>
public sealed class MelsecConnectException(string message, Exception inner) : Exception(message, inner);
