namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>How a publish ended.</summary>
public enum MqttPublishStatus : byte
{
    /// <summary>The broker has taken the message over (QoS 1, 2), or it was handed to the connection (QoS 0).</summary>
    Acknowledged,

    /// <summary>The broker answered with a reason code of failure, or is known not to support what the message asks for.</summary>
    Refused,

    /// <summary>There is no connection, or it went before the acknowledgement came; the caller sends again from its buffer.</summary>
    ConnectionLost,

    /// <summary>The packet is larger than the broker or the standard allows; sending it again is useless.</summary>
    TooLarge,
}
