namespace EdgeAgent.Collector.Drivers;

/// <summary>An endpoint could not be reached. The message names the address and what happened.</summary>
public sealed class EndpointConnectException(string message, Exception? inner = null) : Exception(message, inner);
