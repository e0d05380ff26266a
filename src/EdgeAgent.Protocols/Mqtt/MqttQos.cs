namespace EdgeAgent.Protocols.Mqtt;

/// <summary>How hard client and broker try to deliver a message: at most, at least or exactly once.</summary>
public enum MqttQos : byte
{
    AtMostOnce,
    AtLeastOnce,
    ExactlyOnce,
}
