namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>
/// Takes the received messages, one at a time and in order. The broker gets its acknowledgement after the handler has
/// finished, so a slow handler slows the broker. The message's memories must not be kept beyond the call.
/// </summary>
public delegate ValueTask MqttMessageHandler(MqttMessage message, CancellationToken cancellationToken);
