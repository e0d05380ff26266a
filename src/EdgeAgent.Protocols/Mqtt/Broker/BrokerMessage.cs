using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>One message inside the broker, shared by all who receive it; never changed.</summary>
internal sealed class BrokerMessage
{
    public required string Topic { get; init; }
    public required ReadOnlyMemory<byte> TopicUtf8 { get; init; }
    public required ReadOnlyMemory<byte> Payload { get; init; }
    public MqttQos Qos { get; init; }
    public bool Retain { get; init; }

    /// <summary>The publisher's properties that travel on: all but alias and expiry.</summary>
    public ReadOnlyMemory<byte> Properties { get; init; }

    /// <summary>When the message loses its worth, as a timestamp of the broker's clock; null never.</summary>
    public long? ExpiresAt { get; init; }

    /// <summary>The client that published it, for "no local".</summary>
    public string? Publisher { get; init; }

    public int SizeBytes => TopicUtf8.Length + Payload.Length + Properties.Length;

    /// <summary>Makes a message of a received packet whose bytes nobody else uses.</summary>
    public static BrokerMessage Of(in PublishPacket packet, string topic, string publisher, TimeProvider time)
    {
        PacketBuffer? kept = null;
        long? expiresAt = null;
        var reader = new MqttPropertyReader(packet.Properties, MqttPacketType.Publish);
        while (reader.TryRead(out MqttProperty property))
        {
            if (property.Id == MqttPropertyId.MessageExpiryInterval)
            {
                expiresAt = time.GetTimestamp() + property.Number * time.TimestampFrequency;
            }
            else if (property.Id != MqttPropertyId.TopicAlias)
            {
                MqttPropertyFields.Copy(kept ??= new PacketBuffer(64), property);
            }
        }
        return new BrokerMessage
        {
            Topic = topic,
            TopicUtf8 = packet.Topic,
            Payload = packet.Payload,
            Qos = packet.Qos,
            Retain = packet.Retain,
            Properties = kept?.Written ?? default,
            ExpiresAt = expiresAt,
            Publisher = publisher,
        };
    }
}
