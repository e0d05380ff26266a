namespace EdgeAgent.Protocols.Mqtt.Packets;

/// <summary>CONNACK: the broker's answer to CONNECT.</summary>
internal sealed class ConnAckPacket
{
    // The five return codes of 3.1.1, by their number.
    private static readonly MqttReason[] ReturnCodes =
    [
        MqttReason.Success, MqttReason.UnsupportedProtocolVersion, MqttReason.ClientIdentifierNotValid,
        MqttReason.ServerUnavailable, MqttReason.BadUserNameOrPassword, MqttReason.NotAuthorized,
    ];

    public bool SessionPresent { get; init; }
    public MqttReason Reason { get; init; }
    public MqttProperties? Properties { get; init; }

    public static ConnAckPacket? Read(ReadOnlyMemory<byte> body, MqttVersion version, MqttDecodeLimits limits, out MqttFault fault)
    {
        var cursor = new PacketCursor(body);
        int flags = cursor.Byte();
        if ((flags & 0xFE) != 0)
        {
            cursor.Fail(MqttFault.ReservedFlagsSet);
        }
        byte code = cursor.Byte();
        MqttReason reason = (MqttReason)code;
        MqttProperties? properties = null;
        if (version == MqttVersion.V5)
        {
            // A broker that knows only 3.1.1 answers MQTT 5 with the two bytes of return code 1.
            if (cursor.Remaining == 0 && code is > 0 and <= 5)
            {
                reason = ReturnCodes[code];
            }
            else
            {
                properties = MqttProperties.Read(ref cursor, MqttPacketType.ConnAck, limits);
            }
        }
        else
        {
            reason = code < ReturnCodes.Length ? ReturnCodes[code] : reason;
        }
        if (!ReasonSets.IsAllowed(MqttPacketType.ConnAck, reason) || flags == 1 && reason != MqttReason.Success)
        {
            cursor.Fail(MqttFault.ReasonUnknown);
        }
        fault = cursor.End();
        return fault == MqttFault.None ? new ConnAckPacket { SessionPresent = flags == 1, Reason = reason, Properties = properties } : null;
    }

    public void Write(PacketBuffer target, MqttVersion version)
    {
        target.Byte((byte)MqttPacketType.ConnAck << 4);
        int block = target.BeginBlock();
        target.Byte(SessionPresent ? (byte)1 : (byte)0);
        if (version == MqttVersion.V5)
        {
            target.Byte((byte)Reason);
            MqttProperties.Write(target, Properties);
        }
        else
        {
            target.Byte(ToReturnCode(Reason));
        }
        target.EndBlock(block);
    }

    private static byte ToReturnCode(MqttReason reason)
    {
        int code = Array.IndexOf(ReturnCodes, reason);
        int fallback = reason == MqttReason.Banned ? 5 : 3;
        return (byte)(code >= 0 ? code : fallback);
    }
}
