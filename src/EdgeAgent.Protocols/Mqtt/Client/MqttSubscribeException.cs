namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>The broker refused one or more subscriptions; the message names each filter and reason.</summary>
public sealed class MqttSubscribeException(string message) : Exception(message);
