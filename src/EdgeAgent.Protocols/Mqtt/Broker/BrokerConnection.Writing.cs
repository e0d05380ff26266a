using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Mqtt.Broker;

internal sealed partial class BrokerConnection
{
    private readonly long _sizeBytesMax;
    private readonly PacketBuffer _properties = new(64);

    /// <summary>Encodes a message for this client (gate). False: it is larger than the client takes.</summary>
    public bool WritePublish(in Delivery delivery, ushort packetId, bool dup, long now)
    {
        BrokerMessage message = delivery.Message;
        ReadOnlySpan<byte> properties = Version == MqttVersion.V5 ? PropertiesFor(delivery, now) : default;
        int size = PublishPacket.SizeOf(Version, message.TopicUtf8.Length, properties.Length, message.Payload.Length, delivery.Qos);
        if (size < 0 || size > _sizeBytesMax)
        {
            return false;
        }
        if (_closingSince == 0)
        {
            PublishPacket.Write(_outgoing.Filling, Version, message.TopicUtf8.Span, properties, message.Payload.Span, delivery.Qos,
                delivery.Retain, dup, packetId);
            _broker.Touch(this);
        }
        return true;
    }

    /// <summary>Encodes an acknowledgement (gate).</summary>
    public void Write(in AckPacket ack)
    {
        if (_closingSince == 0)
        {
            ack.Write(_outgoing.Filling, Version);
            _broker.Touch(this);
        }
    }

    /// <summary>Answers CONNECT (gate).</summary>
    public void WriteAnswer(bool sessionPresent, uint grantedExpirySeconds)
    {
        bool v5 = Version == MqttVersion.V5;
        uint asked = _connect.Properties?.SessionExpirySeconds ?? 0;
        new ConnAckPacket
        {
            SessionPresent = sessionPresent,
            Properties = !v5 ? null : new MqttProperties
            {
                ReceiveMaximum = _broker.Options.ReceiveMaximum,
                PacketSizeBytesMax = (uint)_broker.Options.PacketSizeBytesMax,
                AssignedClientId = _connect.ClientId.Length == 0 ? ClientId : null,
                SessionExpirySeconds = asked != grantedExpirySeconds ? grantedExpirySeconds : null,
            },
        }.Write(_outgoing.Filling, Version);
        _broker.Touch(this);
    }

    /// <summary>A held acknowledgement may go (gate).</summary>
    public void Release(in HeldAcknowledgement held)
    {
        _heldBack--;
        AcknowledgePublish(held.Qos, held.PacketId, MqttReason.Success);
        if (_paused)
        {
            _resume.Set();
        }
    }

    private void AcknowledgePublish(MqttQos qos, ushort packetId, MqttReason reason)
    {
        if (qos == MqttQos.AtLeastOnce)
        {
            _unfinished--;
        }
        Write(new AckPacket(qos == MqttQos.AtLeastOnce ? MqttPacketType.PubAck : MqttPacketType.PubRec, packetId, reason));
    }

    private ReadOnlySpan<byte> PropertiesFor(in Delivery delivery, long now)
    {
        if (delivery.Message.ExpiresAt == null && delivery.Identifiers == null)
        {
            return delivery.Message.Properties.Span;
        }
        _properties.Clear();
        _properties.Raw(delivery.Message.Properties.Span);
        if (delivery.Message.ExpiresAt is { } end)
        {
            _properties.Byte((byte)MqttPropertyId.MessageExpiryInterval);
            _properties.UInt32((uint)Math.Max(Math.Ceiling(_broker.Time.GetElapsedTime(now, end).TotalSeconds), 0));
        }
        foreach (int identifier in delivery.Identifiers ?? [])
        {
            _properties.Byte((byte)MqttPropertyId.SubscriptionIdentifier);
            _properties.VariableInteger(identifier);
        }
        return _properties.WrittenSpan;
    }
}
