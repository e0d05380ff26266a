namespace EdgeAgent.Protocols.Mqtt.Packets;

/// <summary>What the standard says of each property: its form on the wire, where it may stand, and its range.</summary>
internal static class MqttPropertyRules
{
    public const int IdMax = (int)MqttPropertyId.SharedSubscriptionAvailable;

    private const int PublishOrWill = 1 << (int)MqttPacketType.Publish | 1 << (int)MqttPacketType.Will;
    private const int ConnectOnly = 1 << (int)MqttPacketType.Connect;
    private const int ConnAckOnly = 1 << (int)MqttPacketType.ConnAck;
    private const int ConnectOrAck = ConnectOnly | ConnAckOnly;
    private const int WithAuth = ConnectOrAck | 1 << (int)MqttPacketType.Auth;
    private const int DisconnectOnly = 1 << (int)MqttPacketType.Disconnect;
    private const int Acks = 1 << (int)MqttPacketType.PubAck | 1 << (int)MqttPacketType.PubRec | 1 << (int)MqttPacketType.PubRel
        | 1 << (int)MqttPacketType.PubComp | 1 << (int)MqttPacketType.SubAck | 1 << (int)MqttPacketType.UnsubAck;
    private const int Reasoned = Acks | ConnAckOnly | DisconnectOnly | 1 << (int)MqttPacketType.Auth;
    private const int Everywhere = Reasoned | PublishOrWill | ConnectOnly
        | 1 << (int)MqttPacketType.Subscribe | 1 << (int)MqttPacketType.Unsubscribe;

    public enum Form : byte
    {
        Unknown,
        Byte,
        UInt16,
        UInt32,
        VariableInteger,
        Text,
        Binary,
        Pair,
    }

    public static Form FormOf(MqttPropertyId id) => (int)id <= IdMax ? Rules[(int)id].Form : Form.Unknown;

    public static bool IsAllowed(MqttPropertyId id, MqttPacketType packet) => (Rules[(int)id].Packets & 1 << (int)packet) != 0;

    public static bool MayRepeat(MqttPropertyId id, MqttPacketType packet) =>
        id == MqttPropertyId.UserProperty || id == MqttPropertyId.SubscriptionIdentifier && packet == MqttPacketType.Publish;

    public static bool IsInRange(MqttPropertyId id, uint number) => id switch
    {
        MqttPropertyId.ReceiveMaximum or MqttPropertyId.MaximumPacketSize or MqttPropertyId.TopicAlias
            or MqttPropertyId.SubscriptionIdentifier => number > 0,
        _ => FormOf(id) != Form.Byte || number <= 1,
    };

    private static readonly (Form Form, int Packets)[] Rules = Build();

    private static (Form, int)[] Build()
    {
        var rules = new (Form, int)[IdMax + 1];
        void Set(MqttPropertyId id, Form form, int packets) => rules[(int)id] = (form, packets);

        Set(MqttPropertyId.PayloadFormatIndicator, Form.Byte, PublishOrWill);
        Set(MqttPropertyId.MessageExpiryInterval, Form.UInt32, PublishOrWill);
        Set(MqttPropertyId.ContentType, Form.Text, PublishOrWill);
        Set(MqttPropertyId.ResponseTopic, Form.Text, PublishOrWill);
        Set(MqttPropertyId.CorrelationData, Form.Binary, PublishOrWill);
        Set(MqttPropertyId.SubscriptionIdentifier, Form.VariableInteger, 1 << (int)MqttPacketType.Publish | 1 << (int)MqttPacketType.Subscribe);
        Set(MqttPropertyId.SessionExpiryInterval, Form.UInt32, ConnectOrAck | DisconnectOnly);
        Set(MqttPropertyId.AssignedClientIdentifier, Form.Text, ConnAckOnly);
        Set(MqttPropertyId.ServerKeepAlive, Form.UInt16, ConnAckOnly);
        Set(MqttPropertyId.AuthenticationMethod, Form.Text, WithAuth);
        Set(MqttPropertyId.AuthenticationData, Form.Binary, WithAuth);
        Set(MqttPropertyId.RequestProblemInformation, Form.Byte, ConnectOnly);
        Set(MqttPropertyId.WillDelayInterval, Form.UInt32, 1 << (int)MqttPacketType.Will);
        Set(MqttPropertyId.RequestResponseInformation, Form.Byte, ConnectOnly);
        Set(MqttPropertyId.ResponseInformation, Form.Text, ConnAckOnly);
        Set(MqttPropertyId.ServerReference, Form.Text, ConnAckOnly | DisconnectOnly);
        Set(MqttPropertyId.ReasonString, Form.Text, Reasoned);
        Set(MqttPropertyId.ReceiveMaximum, Form.UInt16, ConnectOrAck);
        Set(MqttPropertyId.TopicAliasMaximum, Form.UInt16, ConnectOrAck);
        Set(MqttPropertyId.TopicAlias, Form.UInt16, 1 << (int)MqttPacketType.Publish);
        Set(MqttPropertyId.MaximumQos, Form.Byte, ConnAckOnly);
        Set(MqttPropertyId.RetainAvailable, Form.Byte, ConnAckOnly);
        Set(MqttPropertyId.UserProperty, Form.Pair, Everywhere);
        Set(MqttPropertyId.MaximumPacketSize, Form.UInt32, ConnectOrAck);
        Set(MqttPropertyId.WildcardSubscriptionAvailable, Form.Byte, ConnAckOnly);
        Set(MqttPropertyId.SubscriptionIdentifierAvailable, Form.Byte, ConnAckOnly);
        Set(MqttPropertyId.SharedSubscriptionAvailable, Form.Byte, ConnAckOnly);
        return rules;
    }
}
