namespace EdgeAgent.Protocols.Mqtt.Packets;

/// <summary>DISCONNECT and AUTH: a reason code with properties, both of which may be left out.</summary>
internal sealed record DisconnectPacket(MqttPacketType Type, MqttReason Reason, MqttProperties? Properties = null)
{
    public static DisconnectPacket? Read(
        MqttPacketType type, ReadOnlyMemory<byte> body, MqttVersion version, MqttDecodeLimits limits, out MqttFault fault)
    {
        var cursor = new PacketCursor(body);
        var reason = MqttReason.Success;
        MqttProperties? properties = null;
        if (version == MqttVersion.V5 && cursor.Remaining > 0)
        {
            reason = (MqttReason)cursor.Byte();
            properties = cursor.Remaining > 0 ? MqttProperties.Read(ref cursor, type, limits) : null;
        }
        if (!ReasonSets.IsAllowed(type, reason))
        {
            cursor.Fail(MqttFault.ReasonUnknown);
        }
        fault = cursor.End();
        return fault == MqttFault.None ? new DisconnectPacket(type, reason, properties) : null;
    }

    public void Write(PacketBuffer target, MqttVersion version)
    {
        target.Byte((byte)((int)Type << 4));
        int block = target.BeginBlock();
        if (version == MqttVersion.V5 && (Reason != MqttReason.Success || Properties != null))
        {
            target.Byte((byte)Reason);
            if (Properties != null)
            {
                MqttProperties.Write(target, Properties);
            }
        }
        target.EndBlock(block);
    }
}
