namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>What a full queue of an absent client gives up.</summary>
public enum MqttQueueOverflow : byte
{
    DropOldest,
    DropNewest,
}
