namespace EdgeAgent.Protocols.Mqtt;

/// <summary>When a broker sends retained messages to a new subscription (MQTT 5).</summary>
public enum MqttRetainHandling : byte
{
    Send,
    SendIfNew,
    DoNotSend,
}
