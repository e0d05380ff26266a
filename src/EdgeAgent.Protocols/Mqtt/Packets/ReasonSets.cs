namespace EdgeAgent.Protocols.Mqtt.Packets;

/// <summary>Which reason codes may stand in which packet.</summary>
internal static class ReasonSets
{
    public static bool IsAllowed(MqttPacketType packet, MqttReason reason) => packet switch
    {
        MqttPacketType.ConnAck => reason is MqttReason.Success
            or (>= MqttReason.UnspecifiedError and <= MqttReason.ServerBusy) or MqttReason.Banned or MqttReason.BadAuthenticationMethod
            or MqttReason.TopicNameInvalid or MqttReason.PacketTooLarge or MqttReason.QuotaExceeded or MqttReason.PayloadFormatInvalid
            or MqttReason.RetainNotSupported or MqttReason.QosNotSupported or MqttReason.UseAnotherServer or MqttReason.ServerMoved
            or MqttReason.ConnectionRateExceeded or MqttReason.ServerShuttingDown or MqttReason.KeepAliveTimeout,
        MqttPacketType.PubAck or MqttPacketType.PubRec => reason is MqttReason.Success or MqttReason.NoMatchingSubscribers
            or MqttReason.UnspecifiedError or MqttReason.ImplementationSpecificError or MqttReason.NotAuthorized
            or MqttReason.TopicNameInvalid or MqttReason.PacketIdentifierInUse or MqttReason.QuotaExceeded
            or MqttReason.PayloadFormatInvalid,
        MqttPacketType.PubRel or MqttPacketType.PubComp => reason is MqttReason.Success or MqttReason.PacketIdentifierNotFound,
        MqttPacketType.SubAck => reason is MqttReason.Success or MqttReason.GrantedQos1 or MqttReason.GrantedQos2
            or MqttReason.UnspecifiedError or MqttReason.ImplementationSpecificError or MqttReason.NotAuthorized
            or MqttReason.TopicFilterInvalid or MqttReason.PacketIdentifierInUse or MqttReason.QuotaExceeded
            or MqttReason.SharedSubscriptionsNotSupported or MqttReason.SubscriptionIdentifiersNotSupported
            or MqttReason.WildcardSubscriptionsNotSupported,
        MqttPacketType.UnsubAck => reason is MqttReason.Success or MqttReason.NoSubscriptionExisted or MqttReason.UnspecifiedError
            or MqttReason.ImplementationSpecificError or MqttReason.NotAuthorized or MqttReason.TopicFilterInvalid
            or MqttReason.PacketIdentifierInUse,
        MqttPacketType.Disconnect => reason is MqttReason.Success or MqttReason.DisconnectWithWill
            or (>= MqttReason.UnspecifiedError and <= MqttReason.ImplementationSpecificError) or MqttReason.NotAuthorized
            or MqttReason.ServerBusy or MqttReason.ServerShuttingDown or MqttReason.BadAuthenticationMethod
            or (>= MqttReason.KeepAliveTimeout and <= MqttReason.TopicNameInvalid)
            or (>= MqttReason.ReceiveMaximumExceeded and <= MqttReason.WildcardSubscriptionsNotSupported),
        MqttPacketType.Auth => reason is MqttReason.Success or MqttReason.ContinueAuthentication or MqttReason.ReAuthenticate,
        _ => false,
    };
}
