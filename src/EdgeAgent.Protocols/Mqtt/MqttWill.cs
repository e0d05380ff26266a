namespace EdgeAgent.Protocols.Mqtt;

/// <summary>The message that the broker publishes when a client goes without saying goodbye.</summary>
/// <param name="DelaySeconds">MQTT 5: how long the broker waits for the client to come back before it publishes the will.</param>
public sealed record MqttWill(string Topic, ReadOnlyMemory<byte> Payload, MqttQos Qos = MqttQos.AtLeastOnce, bool Retain = false, uint DelaySeconds = 0);
