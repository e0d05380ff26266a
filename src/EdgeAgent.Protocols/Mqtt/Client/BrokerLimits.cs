using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>What the broker said in CONNACK that it can take.</summary>
internal sealed record BrokerLimits(int ReceiveMaximum, long PacketSizeBytesMax, MqttQos QosMax, bool RetainAvailable, int KeepAliveSeconds)
{
    public static BrokerLimits From(ConnAckPacket answer, MqttClientOptions options) => new(
        answer.Properties?.ReceiveMaximum ?? ushort.MaxValue,
        answer.Properties?.PacketSizeBytesMax ?? long.MaxValue,
        answer.Properties?.MaximumQos ?? MqttQos.ExactlyOnce,
        answer.Properties?.RetainAvailable ?? true,
        answer.Properties?.ServerKeepAliveSeconds ?? options.KeepAliveSeconds);

    /// <summary>Why the broker would refuse such a message; null when it would not.</summary>
    public MqttReason? Refuses(MqttQos qos, bool retain) =>
        qos > QosMax ? MqttReason.QosNotSupported : retain && !RetainAvailable ? MqttReason.RetainNotSupported : null;
}
