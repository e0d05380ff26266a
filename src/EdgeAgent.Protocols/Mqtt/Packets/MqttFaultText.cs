namespace EdgeAgent.Protocols.Mqtt.Packets;

/// <summary>Translates a fault into the reason code for the peer and into words for a person.</summary>
internal static class MqttFaultText
{
    public static MqttReason ToReason(this MqttFault fault) => fault switch
    {
        MqttFault.PacketTooLarge => MqttReason.PacketTooLarge,
        MqttFault.TopicNameInvalid => MqttReason.TopicNameInvalid,
        MqttFault.TopicFilterInvalid => MqttReason.TopicFilterInvalid,
        MqttFault.EntriesTooMany => MqttReason.QuotaExceeded,
        MqttFault.ProtocolNameInvalid or MqttFault.ProtocolVersionUnsupported => MqttReason.UnsupportedProtocolVersion,
        MqttFault.PropertyRepeated or MqttFault.PropertyNotAllowed or MqttFault.PropertyValueInvalid or MqttFault.EntriesMissing
            or MqttFault.PacketIdZero => MqttReason.ProtocolError,
        _ => MqttReason.MalformedPacket,
    };

    public static string Describe(this MqttFault fault) => fault switch
    {
        MqttFault.None => "no fault",
        MqttFault.RemainingLengthMalformed => "the remaining length is not a valid variable byte integer",
        MqttFault.PacketTooLarge => "the packet is larger than the limit",
        MqttFault.PacketTypeUnknown => "the packet type is not known or not allowed in this protocol version",
        MqttFault.ReservedFlagsSet => "reserved flags of the fixed header have a value that the standard does not allow",
        MqttFault.Truncated => "a field reaches beyond the end of the packet",
        MqttFault.TrailingBytes => "bytes are left over after the last field",
        MqttFault.StringMalformed => "a string is not valid UTF-8 or contains U+0000",
        MqttFault.TopicNameInvalid => "the topic name is empty or contains a wildcard",
        MqttFault.TopicFilterInvalid => "a topic filter is empty or has a misplaced wildcard",
        MqttFault.QosInvalid => "QoS 3 does not exist",
        MqttFault.PacketIdZero => "the packet identifier is zero",
        MqttFault.VariableIntegerMalformed => "a variable byte integer is too long or not in its shortest form",
        MqttFault.PropertyUnknown => "a property identifier is not known",
        MqttFault.PropertyNotAllowed => "a property does not belong into this packet",
        MqttFault.PropertyRepeated => "a property that may occur once occurs again",
        MqttFault.PropertyValueInvalid => "a property has a value outside its range",
        MqttFault.EntriesMissing => "the packet has no entry where at least one is needed",
        MqttFault.EntriesTooMany => "the packet has more entries than the limit",
        MqttFault.ReasonUnknown => "the reason code is not one that this packet may carry",
        MqttFault.ProtocolNameInvalid => "the protocol name is not MQTT",
        MqttFault.ProtocolVersionUnsupported => "the protocol version is neither 3.1.1 nor 5",
        MqttFault.ConnectFlagsInvalid => "the connect flags contradict each other or the reserved bit is set",
        MqttFault.SubscriptionOptionsInvalid => "reserved bits of the subscription options are set or a value is out of range",
        MqttFault.DupWithQos0 => "the DUP flag is set on a QoS 0 message",
        _ => "unknown fault",
    };
}
