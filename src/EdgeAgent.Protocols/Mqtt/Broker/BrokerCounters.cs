namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>The running counters behind <see cref="MqttBrokerStatistics"/>, guarded by the broker's gate.</summary>
internal sealed class BrokerCounters
{
    public long MessagesReceived;
    public long MessagesSent;
    public long BytesReceived;
    public long BytesSent;
    public long DroppedFull;
    public long DroppedQos0;
    public long DroppedExpired;
    public long DroppedTooLarge;
    public long HeldBack;
    public long LoginsRefused;
    public long RetainedRefused;
}
