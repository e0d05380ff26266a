using System.Buffers.Binary;
using System.Text.Unicode;

namespace EdgeAgent.Protocols.Mqtt.Packets;

/// <summary>PUBLISH: one message. Its memories point into the bytes that it was read from.</summary>
internal readonly struct PublishPacket
{
    public required ReadOnlyMemory<byte> Topic { get; init; }
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The property block without its length, checked; empty in 3.1.1.</summary>
    public ReadOnlyMemory<byte> Properties { get; init; }

    public ushort PacketId { get; init; }
    public MqttQos Qos { get; init; }
    public bool Retain { get; init; }
    public bool Dup { get; init; }

    public static bool TryRead(int flags, ReadOnlyMemory<byte> body, MqttVersion version, out PublishPacket packet, out MqttFault fault)
    {
        var cursor = new PacketCursor(body);
        var qos = (MqttQos)(flags >> 1 & 3);
        ReadOnlyMemory<byte> topic = cursor.Binary();
        ushort packetId = qos == MqttQos.AtMostOnce ? (ushort)0 : cursor.PacketId();
        ReadOnlyMemory<byte> properties = version == MqttVersion.V5 ? cursor.Take(cursor.VariableInteger()) : default;
        packet = new PublishPacket
        {
            Topic = topic,
            PacketId = packetId,
            Properties = properties,
            Payload = cursor.Rest(),
            Qos = qos,
            Retain = (flags & 1) != 0,
            Dup = (flags & 8) != 0,
        };
        fault = cursor.Fault;
        if (fault == MqttFault.None)
        {
            fault = MqttPropertyReader.Check(properties, MqttPacketType.Publish);
        }
        if (fault == MqttFault.None)
        {
            fault = CheckTopic(topic.Span, properties);
        }
        return fault == MqttFault.None;
    }

    /// <summary>The bytes that <see cref="Write"/> will need; more than the standard allows gives a negative number.</summary>
    public static int SizeOf(MqttVersion version, int topicSize, int propertiesSize, int payloadSize, MqttQos qos)
    {
        long body = 2L + topicSize + (qos == MqttQos.AtMostOnce ? 0 : 2) + payloadSize;
        if (version == MqttVersion.V5)
        {
            body += PacketBuffer.SizeOfVariableInteger(propertiesSize) + propertiesSize;
        }
        return body > MqttDecodeLimits.RemainingLengthMax ? -1 : 1 + PacketBuffer.SizeOfVariableInteger((int)body) + (int)body;
    }

    /// <summary>Writes the packet and returns where its packet id stands, counted from the packet's first byte (0 for QoS 0).</summary>
    public static int Write(
        PacketBuffer target, MqttVersion version, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> properties, ReadOnlySpan<byte> payload,
        MqttQos qos, bool retain, bool dup, ushort packetId)
    {
        int size = SizeOf(version, topic.Length, properties.Length, payload.Length, qos);
        Span<byte> span = target.Reserve(size);
        span[0] = (byte)((int)MqttPacketType.Publish << 4 | (dup ? 8 : 0) | (int)qos << 1 | (retain ? 1 : 0));
        // The header is one byte and the length field; its width follows from the whole size.
        int at = 1 + PacketBuffer.WriteVariableInteger(span[1..], BodySize(size));
        BinaryPrimitives.WriteUInt16BigEndian(span[at..], (ushort)topic.Length);
        topic.CopyTo(span[(at + 2)..]);
        at += 2 + topic.Length;
        int packetIdAt = 0;
        if (qos != MqttQos.AtMostOnce)
        {
            BinaryPrimitives.WriteUInt16BigEndian(span[at..], packetId);
            packetIdAt = at;
            at += 2;
        }
        if (version == MqttVersion.V5)
        {
            at += PacketBuffer.WriteVariableInteger(span[at..], properties.Length);
            properties.CopyTo(span[at..]);
            at += properties.Length;
        }
        payload.CopyTo(span[at..]);
        return packetIdAt;
    }

    private static int BodySize(int size) => size - 2 < 128 ? size - 2 : size - 3 < 16_384 ? size - 3 : size - 4 < 2_097_152 ? size - 4 : size - 5;

    private static MqttFault CheckTopic(ReadOnlySpan<byte> topic, ReadOnlyMemory<byte> properties)
    {
        if (topic.IsEmpty)
        {
            return HasTopicAlias(properties) ? MqttFault.None : MqttFault.TopicNameInvalid;
        }
        if (!Utf8.IsValid(topic) || topic.Contains((byte)0))
        {
            return MqttFault.StringMalformed;
        }
        return topic.IndexOfAny((byte)'+', (byte)'#') < 0 ? MqttFault.None : MqttFault.TopicNameInvalid;
    }

    private static bool HasTopicAlias(ReadOnlyMemory<byte> properties)
    {
        var reader = new MqttPropertyReader(properties, MqttPacketType.Publish);
        while (reader.TryRead(out MqttProperty property))
        {
            if (property.Id == MqttPropertyId.TopicAlias)
            {
                return true;
            }
        }
        return false;
    }
}
