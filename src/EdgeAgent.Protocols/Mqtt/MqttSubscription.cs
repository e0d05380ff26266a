namespace EdgeAgent.Protocols.Mqtt;

/// <summary>What a client asks for: a topic filter, the highest QoS it wants, and the options of MQTT 5.</summary>
public sealed record MqttSubscription(string Filter, MqttQos Qos = MqttQos.AtLeastOnce)
{
    /// <summary>MQTT 5: do not send this client its own messages.</summary>
    public bool NoLocal { get; init; }

    /// <summary>MQTT 5: keep the retain flag as the publisher set it.</summary>
    public bool RetainAsPublished { get; init; }

    /// <summary>MQTT 5: when retained messages are sent on subscribing.</summary>
    public MqttRetainHandling RetainHandling { get; init; }
}
