namespace EdgeAgent.Protocols.Mqtt.Packets;

/// <summary>What was wrong with bytes that claimed to be an MQTT packet.</summary>
internal enum MqttFault : byte
{
    None,
    RemainingLengthMalformed,
    PacketTooLarge,
    PacketTypeUnknown,
    ReservedFlagsSet,
    Truncated,
    TrailingBytes,
    StringMalformed,
    TopicNameInvalid,
    TopicFilterInvalid,
    QosInvalid,
    PacketIdZero,
    VariableIntegerMalformed,
    PropertyUnknown,
    PropertyNotAllowed,
    PropertyRepeated,
    PropertyValueInvalid,
    EntriesMissing,
    EntriesTooMany,
    ReasonUnknown,
    ProtocolNameInvalid,
    ProtocolVersionUnsupported,
    ConnectFlagsInvalid,
    SubscriptionOptionsInvalid,
    DupWithQos0,
}
