namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>A request found no connection, or lost it before the answer came.</summary>
public sealed class MqttConnectionLostException(string message) : IOException(message);
