namespace EdgeAgent.Core.Batches;

/// <summary>The agent's key file cannot be used; the message says which file and what to do.</summary>
public sealed class AgentKeyException(string message, Exception? inner = null) : Exception(message, inner);
