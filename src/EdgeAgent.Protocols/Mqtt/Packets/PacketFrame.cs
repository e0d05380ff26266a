namespace EdgeAgent.Protocols.Mqtt.Packets;

/// <summary>The fixed header of a packet: its type, flags, and where its body lies.</summary>
internal readonly record struct PacketFrame(byte FirstByte, int HeaderSize, int BodySize)
{
    public MqttPacketType Type => (MqttPacketType)(FirstByte >> 4);

    public int Flags => FirstByte & 0x0F;

    public int Size => HeaderSize + BodySize;

    /// <summary>
    /// Reads the fixed header at the start of <paramref name="bytes"/>. False with <see cref="MqttFault.None"/> means that
    /// more bytes are needed to know the header; the body may still be incomplete when it returns true.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, MqttVersion version, int packetSizeBytesMax, out PacketFrame frame, out MqttFault fault)
    {
        frame = default;
        fault = MqttFault.None;
        if (bytes.Length < 1)
        {
            return false;
        }
        fault = CheckFirstByte(bytes[0], version);
        if (fault != MqttFault.None)
        {
            return false;
        }
        int value = 0;
        for (int at = 1; at <= 4; at++)
        {
            if (at >= bytes.Length)
            {
                return false;
            }
            value |= (bytes[at] & 0x7F) << (7 * (at - 1));
            if (bytes[at] < 0x80)
            {
                // 3.1.1 does not ask for the shortest form, and small devices reserve four bytes; MQTT 5 asks for it.
                bool tooLong = at > 1 && bytes[at] == 0 && version == MqttVersion.V5;
                frame = new PacketFrame(bytes[0], at + 1, value);
                fault = tooLong ? MqttFault.RemainingLengthMalformed
                    : frame.Size > packetSizeBytesMax ? MqttFault.PacketTooLarge : MqttFault.None;
                return fault == MqttFault.None;
            }
        }
        fault = MqttFault.RemainingLengthMalformed;
        return false;
    }

    private static MqttFault CheckFirstByte(byte first, MqttVersion version)
    {
        int flags = first & 0x0F;
        switch ((MqttPacketType)(first >> 4))
        {
            case MqttPacketType.Publish:
                return (flags & 0x06) == 0x06 ? MqttFault.QosInvalid
                    : (flags & 0x0E) == 0x08 ? MqttFault.DupWithQos0 : MqttFault.None;
            case MqttPacketType.PubRel or MqttPacketType.Subscribe or MqttPacketType.Unsubscribe:
                return flags == 0x02 ? MqttFault.None : MqttFault.ReservedFlagsSet;
            case MqttPacketType.Will:
                return MqttFault.PacketTypeUnknown;
            case MqttPacketType.Auth when version != MqttVersion.V5:
                return MqttFault.PacketTypeUnknown;
            default:
                return flags == 0 ? MqttFault.None : MqttFault.ReservedFlagsSet;
        }
    }
}
