namespace EdgeAgent.Protocols.Mqtt.Packets;

/// <summary>PUBACK, PUBREC, PUBREL and PUBCOMP, which share one form.</summary>
internal readonly record struct AckPacket(MqttPacketType Type, ushort PacketId, MqttReason Reason, ReadOnlyMemory<byte> Properties = default)
{
    public static bool TryRead(MqttPacketType type, ReadOnlyMemory<byte> body, MqttVersion version, out AckPacket packet, out MqttFault fault)
    {
        var cursor = new PacketCursor(body);
        ushort packetId = cursor.PacketId();
        var reason = MqttReason.Success;
        ReadOnlyMemory<byte> properties = default;
        if (version == MqttVersion.V5 && cursor.Remaining > 0)
        {
            reason = (MqttReason)cursor.Byte();
            // The property length may be left out when there are no properties.
            properties = cursor.Remaining > 0 ? cursor.Take(cursor.VariableInteger()) : default;
        }
        packet = new AckPacket(type, packetId, reason, properties);
        fault = cursor.End();
        if (fault == MqttFault.None && !ReasonSets.IsAllowed(type, reason))
        {
            fault = MqttFault.ReasonUnknown;
        }
        if (fault == MqttFault.None)
        {
            fault = MqttPropertyReader.Check(properties, type);
        }
        return fault == MqttFault.None;
    }

    /// <summary>Writes the shortest form: four bytes when there is nothing to say but success.</summary>
    public void Write(PacketBuffer target, MqttVersion version)
    {
        bool bare = version == MqttVersion.V311 || Reason == MqttReason.Success && Properties.IsEmpty;
        target.Byte((byte)((int)Type << 4 | (Type == MqttPacketType.PubRel ? 2 : 0)));
        int block = target.BeginBlock();
        target.UInt16(PacketId);
        if (!bare)
        {
            target.Byte((byte)Reason);
            if (!Properties.IsEmpty)
            {
                target.VariableInteger(Properties.Length);
                target.Raw(Properties.Span);
            }
        }
        target.EndBlock(block);
    }
}
