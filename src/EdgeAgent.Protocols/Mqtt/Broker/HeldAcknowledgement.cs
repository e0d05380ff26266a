namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>An acknowledgement to a publisher that is held back until a slow subscriber has caught up.</summary>
internal readonly record struct HeldAcknowledgement(BrokerConnection Publisher, MqttQos Qos, ushort PacketId);
