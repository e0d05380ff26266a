using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Mqtt.Client;

internal sealed partial class MqttConnection
{
    private MqttDecodeLimits Decode => field ??= new MqttDecodeLimits(_options.PacketSizeBytesMax, 1024);

    /// <summary>True while publishes or subscriptions of our own wait for the broker's answer.</summary>
    public bool AwaitsAnswers => _window.InFlight > 0 || Requests.Count > 0;

    private long _lastReceived;
    private volatile bool _readingPaused;

    private async Task ReceiveLoopAsync()
    {
        try
        {
            while (!IsClosed)
            {
                while (TryReadFrame(out PacketFrame frame))
                {
                    ReadOnlyMemory<byte> packet = _buffer.Unread[..frame.Size];
                    _buffer.Consume(frame.Size);
                    if (frame.Type != MqttPacketType.Publish)
                    {
                        ProcessControl(frame, packet[frame.HeaderSize..]);
                    }
                    else if (!TryProcessPublish(frame, packet))
                    {
                        await DeliverLaterAsync(frame, packet).ConfigureAwait(false);
                    }
                }
                FlushAnswers();
                int count = IsClosed ? 0 : await _stream.ReadAsync(_buffer.Room()).ConfigureAwait(false);
                if (count == 0)
                {
                    Fail(MqttLossCause.ClosedByBroker, "the broker closed the connection without a reason");
                    return;
                }
                _buffer.Received(count);
                Volatile.Write(ref _lastReceived, _time.GetTimestamp());
                _counters.BytesReceived += count;
            }
        }
        catch (Exception failure)
        {
            Fail(MqttLossCause.NetworkError, $"the connection broke ({failure.Message})", exception: failure);
        }
    }

    private bool TryReadFrame(out PacketFrame frame)
    {
        if (PacketFrame.TryRead(_buffer.UnreadSpan, _options.Version, _options.PacketSizeBytesMax, out frame, out MqttFault fault))
        {
            return frame.Size <= _buffer.UnreadSpan.Length && !IsClosed;
        }
        if (fault != MqttFault.None)
        {
            Reject(fault, "a packet");
        }
        return false;
    }

    private void Reject(MqttFault fault, string what)
    {
        if (_options.Version == MqttVersion.V5)
        {
            lock (_window.Gate)
            {
                new DisconnectPacket(MqttPacketType.Disconnect, fault.ToReason()).Write(Outgoing.Filling, _options.Version);
            }
            Outgoing.Wake(inline: true);
        }
        Fail(MqttLossCause.ProtocolError, $"the broker sent {what} that MQTT does not allow: {fault.Describe()}", fault.ToReason());
    }

    /// <summary>True when the message is with the handler, in the inbox, or was not acceptable.</summary>
    private bool TryProcessPublish(PacketFrame frame, ReadOnlyMemory<byte> bytes)
    {
        if (!PublishPacket.TryRead(frame.Flags, bytes[frame.HeaderSize..], _options.Version, out PublishPacket packet, out MqttFault fault))
        {
            Reject(fault, "a message");
            return true;
        }
        // We announce no topic aliases, so an empty topic cannot be resolved.
        if (packet.Topic.IsEmpty)
        {
            Reject(MqttFault.TopicNameInvalid, "a message");
            return true;
        }
        // A widespread broker sends far more than our Receive Maximum allows. The inbox bounds memory anyway, so that is not
        // worth a connection.
        _counters.Received++;
        return _incoming.TryAccept(this, packet, bytes, _buffer);
    }

    /// <summary>The inbox is full: nothing more is read from the socket until there is room.</summary>
    private async Task DeliverLaterAsync(PacketFrame frame, ReadOnlyMemory<byte> bytes)
    {
        FlushAnswers();
        PublishPacket.TryRead(frame.Flags, bytes[frame.HeaderSize..], _options.Version, out PublishPacket packet, out _);
        _readingPaused = true;
        do
        {
            await _incoming.RoomAsync().ConfigureAwait(false);
        }
        while (!IsClosed && !_incoming.TryAccept(this, packet, bytes, _buffer));
        long now = _time.GetTimestamp();
        Volatile.Write(ref _lastReceived, now);
        if (Volatile.Read(ref _pingSent) != 0)
        {
            Volatile.Write(ref _pingSent, now);
        }
        _readingPaused = false;
    }

    private void ProcessControl(PacketFrame frame, ReadOnlyMemory<byte> body)
    {
        MqttFault fault;
        switch (frame.Type)
        {
            case MqttPacketType.PubAck or MqttPacketType.PubRec or MqttPacketType.PubComp or MqttPacketType.PubRel:
                if (AckPacket.TryRead(frame.Type, body, _options.Version, out AckPacket ack, out fault))
                {
                    ProcessAck(ack);
                }
                break;
            case MqttPacketType.SubAck or MqttPacketType.UnsubAck:
                if (SubAckPacket.Read(frame.Type, body, _options.Version, Decode, out fault) is { } answer)
                {
                    lock (_window.Gate)
                    {
                        Requests.Answer(answer);
                    }
                }
                break;
            case MqttPacketType.PingResp:
                fault = PingPacket.Check(body);
                Volatile.Write(ref _pingSent, 0);
                AnswerPing();
                break;
            case MqttPacketType.Disconnect when _options.Version == MqttVersion.V5:
                if (DisconnectPacket.Read(frame.Type, body, _options.Version, Decode, out fault) is { } farewell)
                {
                    Close(LossText.FromBroker(Broker, farewell, _options.ClientId));
                }
                break;
            default:
                fault = MqttFault.PacketTypeUnknown;
                break;
        }
        if (fault != MqttFault.None)
        {
            Reject(fault, $"a {frame.Type} packet");
        }
    }

    private void ProcessAck(in AckPacket ack)
    {
        lock (_window.Gate)
        {
            if (ack.Type == MqttPacketType.PubRel)
            {
                bool known = _session.Release(ack.PacketId);
                new AckPacket(MqttPacketType.PubComp, ack.PacketId, known ? MqttReason.Success : MqttReason.PacketIdentifierNotFound)
                    .Write(Outgoing.Filling, _options.Version);
                return;
            }
            PublishOperation? operation = _window.Find(ack.PacketId);
            bool exactlyOnce = ack.Type != MqttPacketType.PubAck;
            if (operation == null || operation.Qos == MqttQos.ExactlyOnce != exactlyOnce)
            {
                // An answer to a message that an earlier connection lost; nobody waits for it. PUBREC wants an answer.
                if (ack.Type == MqttPacketType.PubRec && !ack.Reason.IsFailure())
                {
                    new AckPacket(MqttPacketType.PubRel, ack.PacketId, MqttReason.PacketIdentifierNotFound).Write(Outgoing.Filling, _options.Version);
                }
                return;
            }
            if (ack.Type == MqttPacketType.PubRec && !ack.Reason.IsFailure())
            {
                operation.IsReceived = true;
                operation.Encoded.Clear();
                operation.SentTimestamp = _time.GetTimestamp();
                new AckPacket(MqttPacketType.PubRel, ack.PacketId, MqttReason.Success).Write(Outgoing.Filling, _options.Version);
                return;
            }
            bool refused = ack.Reason.IsFailure() && ack.Type != MqttPacketType.PubComp;
            _counters.Acknowledged += refused ? 0 : 1;
            _window.Leave(operation, new MqttPublishResult(refused ? MqttPublishStatus.Refused : MqttPublishStatus.Acknowledged, ack.Reason));
        }
    }

    /// <summary>After all packets of one read: waiting publishes take the freed places, callers are told, answers go out together.</summary>
    private void FlushAnswers()
    {
        bool something;
        lock (_window.Gate)
        {
            AdmitWaiting();
            something = !Outgoing.IsEmpty;
        }
        _window.Completions.Run();
        if (something)
        {
            Outgoing.Wake(inline: true);
        }
    }
}
