namespace EdgeAgent.Store;

/// <summary>The store's data cannot be read; an operator must act, and nothing was deleted.</summary>
public sealed class StoreDamagedException(string message, Exception? inner = null) : Exception(message, inner);
