namespace EdgeAgent.Protocols.Mqtt.Packets;

/// <summary>The control packet types, numbered as in the first four bits of the fixed header.</summary>
internal enum MqttPacketType : byte
{
    /// <summary>Not on the wire; names the property set of a will inside CONNECT.</summary>
    Will = 0,
    Connect = 1,
    ConnAck = 2,
    Publish = 3,
    PubAck = 4,
    PubRec = 5,
    PubRel = 6,
    PubComp = 7,
    Subscribe = 8,
    SubAck = 9,
    Unsubscribe = 10,
    UnsubAck = 11,
    PingReq = 12,
    PingResp = 13,
    Disconnect = 14,
    Auth = 15,
}
