namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>What a client has done since it was created.</summary>
public readonly record struct MqttClientStatistics(
    long MessagesPublished, long MessagesAcknowledged, long MessagesReceived, long BytesSent, long BytesReceived,
    long Connections, int InFlight, int Waiting);
