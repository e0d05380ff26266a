namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>The end of a publish: its status and the broker's reason code.</summary>
public readonly record struct MqttPublishResult(MqttPublishStatus Status, MqttReason Reason)
{
    public bool IsAcknowledged => Status == MqttPublishStatus.Acknowledged;
}
