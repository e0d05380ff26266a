namespace EdgeAgent.Broker;

/// <summary>The broker section names something that cannot be used; the message says what and what to try.</summary>
internal sealed class BrokerConfigException(string message, Exception? inner = null) : Exception(message, inner);
