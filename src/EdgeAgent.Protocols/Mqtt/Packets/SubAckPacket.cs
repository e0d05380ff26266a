namespace EdgeAgent.Protocols.Mqtt.Packets;

/// <summary>SUBACK and UNSUBACK: one reason code for each filter asked for.</summary>
internal sealed class SubAckPacket
{
    public required MqttPacketType Type { get; init; }
    public ushort PacketId { get; init; }
    public required IReadOnlyList<MqttReason> Reasons { get; init; }
    public MqttProperties? Properties { get; init; }

    public static SubAckPacket? Read(
        MqttPacketType type, ReadOnlyMemory<byte> body, MqttVersion version, MqttDecodeLimits limits, out MqttFault fault)
    {
        var cursor = new PacketCursor(body);
        ushort packetId = cursor.PacketId();
        MqttProperties? properties = version == MqttVersion.V5 ? MqttProperties.Read(ref cursor, type, limits) : null;
        var reasons = new List<MqttReason>();
        // UNSUBACK of 3.1.1 has no codes.
        bool hasReasons = version == MqttVersion.V5 || type == MqttPacketType.SubAck;
        if (hasReasons && cursor.Remaining == 0)
        {
            cursor.Fail(MqttFault.EntriesMissing);
        }
        while (hasReasons && cursor.Remaining > 0)
        {
            var reason = (MqttReason)cursor.Byte();
            if (!ReasonSets.IsAllowed(type, reason) || version == MqttVersion.V311 && reason > MqttReason.UnspecifiedError)
            {
                cursor.Fail(MqttFault.ReasonUnknown);
            }
            if (reasons.Count == limits.EntriesMax)
            {
                cursor.Fail(MqttFault.EntriesTooMany);
            }
            reasons.Add(reason);
        }
        fault = cursor.End();
        return fault == MqttFault.None
            ? new SubAckPacket { Type = type, PacketId = packetId, Reasons = reasons, Properties = properties } : null;
    }

    public void Write(PacketBuffer target, MqttVersion version)
    {
        target.Byte((byte)((int)Type << 4));
        int block = target.BeginBlock();
        target.UInt16(PacketId);
        if (version == MqttVersion.V5)
        {
            MqttProperties.Write(target, Properties);
        }
        if (version == MqttVersion.V5 || Type == MqttPacketType.SubAck)
        {
            foreach (MqttReason reason in Reasons)
            {
                target.Byte(version == MqttVersion.V311 && reason.IsFailure() ? (byte)MqttReason.UnspecifiedError : (byte)reason);
            }
        }
        target.EndBlock(block);
    }
}
