namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>The running counters behind <see cref="MqttClientStatistics"/>; each field has one writer at a time.</summary>
internal sealed class Counters
{
    public long Published;
    public long Acknowledged;
    public long Received;
    public long BytesSent;
    public long BytesReceived;
    public long Connections;
}
