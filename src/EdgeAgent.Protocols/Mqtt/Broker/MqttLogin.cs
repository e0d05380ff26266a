namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>Who a client says it is.</summary>
public sealed record MqttLogin(string ClientId, string? User, ReadOnlyMemory<byte>? Password, MqttPeer Peer);
