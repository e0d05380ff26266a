using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Mqtt.Broker;

internal sealed partial class BrokerConnection
{
    private readonly AsyncSignal _resume = new();
    private int _unfinished;
    private int _heldBack;
    private volatile bool _paused;

    /// <summary>A 3.1.1 client knows no Receive Maximum: with this many acknowledgements held back it is not read any more.</summary>
    private bool MustPause => _heldBack >= _broker.Options.ReceiveMaximum;

    private async Task ReceiveLoopAsync()
    {
        while (true)
        {
            ReadResult read = await _pipe.Input.ReadAsync(_abort.Token).ConfigureAwait(false);
            ReadOnlySequence<byte> bytes = read.Buffer;
            long before = bytes.Length;
            bool whole = Process(ref bytes);
            // After a pause the rest must be looked at again although nothing new has come.
            _pipe.Input.AdvanceTo(bytes.Start, whole ? bytes.End : bytes.Start);
            _broker.Read(before - bytes.Length);
            if (Volatile.Read(ref _closingSince) != 0 || read.IsCompleted && whole)
            {
                return;
            }
            while (EnterPause())
            {
                await _resume.WaitAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Decides under the gate, where acknowledgements are released, so that no wake-up is missed.</summary>
    private bool EnterPause()
    {
        if (!MustPause && !_paused)
        {
            return false;
        }
        lock (_broker.Gate)
        {
            bool wasPaused = _paused;
            _paused = MustPause && _closingSince == 0;
            if (wasPaused && !_paused)
            {
                LastReceived = _broker.Time.GetTimestamp();
            }
            return _paused;
        }
    }

    /// <summary>Processes all whole packets; false when it stopped because the publisher must pause.</summary>
    private bool Process(ref ReadOnlySequence<byte> bytes)
    {
        LastReceived = _broker.Time.GetTimestamp();
        while (Volatile.Read(ref _closingSince) == 0)
        {
            if (MustPause)
            {
                return false;
            }
            if (!FrameTaker.TryTake(ref bytes, Version, _broker.Options.PacketSizeBytesMax, out PacketFrame frame, out ReadOnlyMemory<byte> body, out MqttFault fault))
            {
                Reject(fault, "packet");
                return true;
            }
            lock (_broker.Gate)
            {
                fault = Process(frame, body);
            }
            Reject(fault, frame.Type.ToString());
        }
        return true;
    }

    private void Reject(MqttFault fault, string what)
    {
        if (fault == MqttFault.None)
        {
            return;
        }
        lock (_broker.Gate)
        {
            Close(fault.ToReason(), $"malformed {what}: {fault.Describe()}");
        }
    }

    private MqttFault Process(PacketFrame frame, ReadOnlyMemory<byte> body)
    {
        MqttFault fault = MqttFault.None;
        switch (frame.Type)
        {
            case MqttPacketType.Publish:
                if (PublishPacket.TryRead(frame.Flags, body, Version, out PublishPacket publish, out fault))
                {
                    ProcessPublish(publish);
                }
                break;
            case MqttPacketType.PubAck or MqttPacketType.PubRec or MqttPacketType.PubRel or MqttPacketType.PubComp:
                if (AckPacket.TryRead(frame.Type, body, Version, out AckPacket ack, out fault))
                {
                    ProcessAck(ack);
                }
                break;
            case MqttPacketType.Subscribe:
                if (SubscribePacket.Read(body, Version, _broker.Decode, out fault) is { } subscribe)
                {
                    _broker.Subscribe(this, subscribe, _rules);
                }
                break;
            case MqttPacketType.Unsubscribe:
                if (UnsubscribePacket.Read(body, Version, _broker.Decode, out fault) is { } unsubscribe)
                {
                    _broker.Unsubscribe(this, unsubscribe);
                }
                break;
            case MqttPacketType.PingReq:
                fault = PingPacket.Check(body);
                PingPacket.WriteResponse(_outgoing.Filling);
                _broker.Touch(this);
                break;
            case MqttPacketType.Disconnect:
                if (DisconnectPacket.Read(frame.Type, body, Version, _broker.Decode, out fault) is { } farewell)
                {
                    ProcessDisconnect(farewell);
                }
                break;
            default:
                Close(MqttReason.ProtocolError, $"sent {frame.Type}, which a connected client must not");
                break;
        }
        return fault;
    }

    private void ProcessPublish(in PublishPacket packet)
    {
        if (packet.Topic.IsEmpty || HasProperty(packet.Properties, MqttPropertyId.TopicAlias))
        {
            Close(MqttReason.TopicAliasInvalid, "used a topic alias, which this broker does not offer");
            return;
        }
        if (HasProperty(packet.Properties, MqttPropertyId.SubscriptionIdentifier))
        {
            Close(MqttReason.ProtocolError, "sent a subscription identifier in PUBLISH");
            return;
        }
        bool repeated = packet.Qos == MqttQos.ExactlyOnce && Session.Incoming.Contains(packet.PacketId);
        if (repeated)
        {
            Write(new AckPacket(MqttPacketType.PubRec, packet.PacketId, MqttReason.Success));
            return;
        }
        if (packet.Qos != MqttQos.AtMostOnce && ++_unfinished > _broker.Options.ReceiveMaximum && Version == MqttVersion.V5)
        {
            Close(MqttReason.ReceiveMaximumExceeded, $"sent more than {_broker.Options.ReceiveMaximum} messages at once");
            return;
        }
        string topic = Encoding.UTF8.GetString(packet.Topic.Span);
        if (topic.StartsWith('$') || !_rules.MayPublish(topic))
        {
            Deny(packet, topic);
            return;
        }
        Accept(packet, topic);
    }

    private void Accept(in PublishPacket packet, string topic)
    {
        if (packet.Qos == MqttQos.ExactlyOnce)
        {
            Session.Incoming.Add(packet.PacketId);
        }
        RouteResult result = _broker.Publish(BrokerMessage.Of(packet, topic, ClientId, _broker.Time));
        if (packet.Qos == MqttQos.AtMostOnce)
        {
            return;
        }
        if (result.Behind is { } slow)
        {
            _heldBack++;
            slow.Hold(new HeldAcknowledgement(this, packet.Qos, packet.PacketId));
            return;
        }
        MqttReason reason = result.Receivers == 0 && Version == MqttVersion.V5 ? MqttReason.NoMatchingSubscribers : MqttReason.Success;
        AcknowledgePublish(packet.Qos, packet.PacketId, reason);
    }

    /// <summary>3.1.1 has no way to say no: the connection is closed, because an acknowledgement would be a lie.</summary>
    private void Deny(in PublishPacket packet, string topic)
    {
        _broker.Observer.Denied(ClientId, topic);
        if (packet.Qos == MqttQos.AtMostOnce)
        {
            return;
        }
        if (Version != MqttVersion.V5)
        {
            Close(null, $"published to \"{topic}\", which its rules do not allow");
            return;
        }
        if (packet.Qos == MqttQos.ExactlyOnce)
        {
            _unfinished--;
        }
        AcknowledgePublish(packet.Qos, packet.PacketId, MqttReason.NotAuthorized);
    }

    private void ProcessAck(in AckPacket ack)
    {
        if (ack.Type != MqttPacketType.PubRel)
        {
            Session.Acknowledged(ack, _broker.Time.GetTimestamp());
            return;
        }
        bool known = Session.Incoming.Remove(ack.PacketId);
        _unfinished = Math.Max(_unfinished - 1, 0);
        Write(new AckPacket(MqttPacketType.PubComp, ack.PacketId, known ? MqttReason.Success : MqttReason.PacketIdentifierNotFound));
    }

    private void ProcessDisconnect(DisconnectPacket farewell)
    {
        if (farewell.Properties?.SessionExpirySeconds is { } seconds)
        {
            if (Session.ExpirySeconds == 0 && seconds > 0)
            {
                Close(MqttReason.ProtocolError, "asked for a longer session when leaving a session of no length");
                return;
            }
            Session.ExpirySeconds = Math.Min(seconds, _broker.Options.SessionExpirySecondsMax);
        }
        SaidGoodbye = farewell.Reason != MqttReason.DisconnectWithWill;
        Close(null, "said goodbye");
    }

    private static bool HasProperty(ReadOnlyMemory<byte> properties, MqttPropertyId id)
    {
        var reader = new MqttPropertyReader(properties, MqttPacketType.Publish);
        while (reader.TryRead(out MqttProperty property))
        {
            if (property.Id == id)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Encodes SUBACK or UNSUBACK (gate).</summary>
    public void Write(SubAckPacket answer)
    {
        answer.Write(_outgoing.Filling, Version);
        _broker.Touch(this);
    }
}
