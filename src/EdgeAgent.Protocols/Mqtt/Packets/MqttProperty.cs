namespace EdgeAgent.Protocols.Mqtt.Packets;

/// <summary>One property as it stands in a packet: a number, or bytes, or (user property) a name and a value.</summary>
internal readonly record struct MqttProperty(MqttPropertyId Id, uint Number, ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Value);
