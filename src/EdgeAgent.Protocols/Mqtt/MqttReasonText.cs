namespace EdgeAgent.Protocols.Mqtt;

/// <summary>Says in plain words what a reason code means and what to try.</summary>
public static class MqttReasonText
{
    /// <summary>True for the codes (0x80 and above) that say that something was refused or went wrong.</summary>
    public static bool IsFailure(this MqttReason reason) => (byte)reason >= 0x80;

    /// <summary>What the code means, for example "not authorized (0x87)".</summary>
    public static string Describe(this MqttReason reason) => $"{Name(reason)} (0x{(byte)reason:X2})";

    /// <summary>What an operator can try, or an empty string where there is nothing sensible to say.</summary>
    public static string Advice(this MqttReason reason) => reason switch
    {
        MqttReason.UnsupportedProtocolVersion => "set protocolVersion to 4 (MQTT 3.1.1)",
        MqttReason.ClientIdentifierNotValid => "choose another client id: the broker may want it not empty, or of another form",
        MqttReason.BadUserNameOrPassword => "check user and password",
        MqttReason.NotAuthorized => "check user, password and the broker's access rules for this client and topic",
        MqttReason.ServerUnavailable or MqttReason.ServerBusy => "wait, or look at the broker's log",
        MqttReason.Banned => "ask the broker's operator why this client is banned",
        MqttReason.SessionTakenOver => "another client connected with the same client id: give each agent an id of its own",
        MqttReason.KeepAliveTimeout => "the network or this machine stalled for longer than the keep-alive",
        MqttReason.PacketTooLarge => "lower the batch size or raise the broker's packet limit",
        MqttReason.QuotaExceeded or MqttReason.MessageRateTooHigh => "lower the rate or raise the broker's quota",
        MqttReason.QosNotSupported => "use a lower QoS",
        MqttReason.RetainNotSupported => "publish without retain",
        MqttReason.UseAnotherServer or MqttReason.ServerMoved => "put the broker's new address into the configuration",
        MqttReason.ConnectionRateExceeded => "the broker limits how often clients may connect: wait",
        _ => "",
    };

    private static string Name(MqttReason reason) => reason switch
    {
        MqttReason.Success => "success",
        MqttReason.GrantedQos1 => "granted QoS 1",
        MqttReason.GrantedQos2 => "granted QoS 2",
        MqttReason.DisconnectWithWill => "disconnect with will message",
        MqttReason.NoMatchingSubscribers => "no matching subscribers",
        MqttReason.NoSubscriptionExisted => "no subscription existed",
        MqttReason.ContinueAuthentication => "continue authentication",
        MqttReason.ReAuthenticate => "re-authenticate",
        MqttReason.UnspecifiedError => "unspecified error",
        MqttReason.MalformedPacket => "malformed packet",
        MqttReason.ProtocolError => "protocol error",
        MqttReason.ImplementationSpecificError => "implementation specific error",
        MqttReason.UnsupportedProtocolVersion => "unsupported protocol version",
        MqttReason.ClientIdentifierNotValid => "client identifier not valid",
        MqttReason.BadUserNameOrPassword => "bad user name or password",
        MqttReason.NotAuthorized => "not authorized",
        MqttReason.ServerUnavailable => "server unavailable",
        MqttReason.ServerBusy => "server busy",
        MqttReason.Banned => "banned",
        MqttReason.ServerShuttingDown => "server shutting down",
        MqttReason.BadAuthenticationMethod => "bad authentication method",
        MqttReason.KeepAliveTimeout => "keep-alive timeout",
        MqttReason.SessionTakenOver => "session taken over",
        MqttReason.TopicFilterInvalid => "topic filter invalid",
        MqttReason.TopicNameInvalid => "topic name invalid",
        MqttReason.PacketIdentifierInUse => "packet identifier in use",
        MqttReason.PacketIdentifierNotFound => "packet identifier not found",
        MqttReason.ReceiveMaximumExceeded => "receive maximum exceeded",
        MqttReason.TopicAliasInvalid => "topic alias invalid",
        MqttReason.PacketTooLarge => "packet too large",
        MqttReason.MessageRateTooHigh => "message rate too high",
        MqttReason.QuotaExceeded => "quota exceeded",
        MqttReason.AdministrativeAction => "administrative action",
        MqttReason.PayloadFormatInvalid => "payload format invalid",
        MqttReason.RetainNotSupported => "retain not supported",
        MqttReason.QosNotSupported => "QoS not supported",
        MqttReason.UseAnotherServer => "use another server",
        MqttReason.ServerMoved => "server moved",
        MqttReason.SharedSubscriptionsNotSupported => "shared subscriptions not supported",
        MqttReason.ConnectionRateExceeded => "connection rate exceeded",
        MqttReason.MaximumConnectTime => "maximum connect time",
        MqttReason.SubscriptionIdentifiersNotSupported => "subscription identifiers not supported",
        MqttReason.WildcardSubscriptionsNotSupported => "wildcard subscriptions not supported",
        _ => "unknown reason",
    };
}
