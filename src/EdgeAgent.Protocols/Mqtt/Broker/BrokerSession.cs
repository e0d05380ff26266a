using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>
/// What the broker knows of one client: its subscriptions, and the messages for it that wait or are on their way. Lives as
/// long as the client asked for, connected or not. Guarded by the broker's gate.
/// </summary>
internal sealed class BrokerSession(string clientId, MqttBrokerOptions options, BrokerCounters counters, IMqttBrokerObserver observer)
{
    private readonly LinkedList<InFlightDelivery> _inFlight = new();
    private readonly HashSet<ushort> _packetIds = [];
    private readonly Queue<HeldAcknowledgement> _held = new();
    private Queue<Delivery> _queue = new();
    private long _queuedBytes;
    private ushort _lastPacketId;
    private bool _overflowed;

    public string ClientId => clientId;

    public Dictionary<string, BrokerSubscription> Subscriptions { get; } = new(StringComparer.Ordinal);

    /// <summary>QoS 2 messages that came from this client and are not released yet.</summary>
    public HashSet<ushort> Incoming { get; } = [];

    public BrokerConnection? Connection { get; private set; }

    public bool IsLive => Connection != null;

    public uint ExpirySeconds { get; set; }

    /// <summary>When the session ends, as a timestamp; null while connected.</summary>
    public long? EndsAt { get; set; }

    public BrokerWill? Will { get; set; }

    /// <summary>When a delayed will is to be published; null when none waits.</summary>
    public long? WillDueAt { get; set; }

    /// <summary>When the client last took something, to tell a slow one from a stuck one.</summary>
    public long LastProgress { get; set; }

    public int Queued => _queue.Count;

    public bool HoldsPublishers => _held.Count > 0;

    /// <summary>
    /// True when so much waits that publishers should wait too: half of the limit, so that what they have on the way still fits.
    /// </summary>
    public bool IsBehind => _queue.Count >= Math.Max(options.QueueMessagesMax / 2, 1) || _queuedBytes >= options.QueueSizeBytesMax / 2;

    private bool HasCaughtUp => _queue.Count <= options.QueueMessagesMax / 4 && _queuedBytes <= options.QueueSizeBytesMax / 4;

    private bool IsFull => _queue.Count >= options.QueueMessagesMax || _queuedBytes >= options.QueueSizeBytesMax;

    public void Enqueue(in Delivery delivery)
    {
        if (delivery.Qos == MqttQos.AtMostOnce && (!IsLive || IsBehind))
        {
            counters.DroppedQos0 += IsLive ? 1 : 0;
            return;
        }
        if (!IsLive && IsFull)
        {
            counters.DroppedFull++;
            if (!_overflowed)
            {
                _overflowed = true;
                observer.QueueOverflowed(clientId);
            }
            if (options.Overflow == MqttQueueOverflow.DropNewest)
            {
                return;
            }
            _queuedBytes -= _queue.Dequeue().Message.SizeBytes;
        }
        _queue.Enqueue(delivery);
        _queuedBytes += delivery.Message.SizeBytes;
    }

    /// <summary>A publisher's acknowledgement waits until this session has caught up.</summary>
    public void Hold(in HeldAcknowledgement acknowledgement) => _held.Enqueue(acknowledgement);

    /// <summary>Moves messages from the queue to the connection as far as window and socket allow.</summary>
    public void Pump(long now)
    {
        if (Connection is not { } connection)
        {
            return;
        }
        while (_queue.Count > 0 && connection.HasRoom)
        {
            Delivery next = _queue.Peek();
            bool expired = next.Message.ExpiresAt <= now;
            if (!expired && next.Qos > MqttQos.AtMostOnce && _inFlight.Count >= connection.Window)
            {
                break;
            }
            _queue.Dequeue();
            _queuedBytes -= next.Message.SizeBytes;
            counters.DroppedExpired += expired ? 1 : 0;
            if (!expired)
            {
                Send(connection, next, now);
            }
        }
        if (_held.Count > 0 && HasCaughtUp)
        {
            ReleaseHeld();
        }
    }

    /// <summary>PUBACK, PUBREC and PUBCOMP from the client.</summary>
    public void Acknowledged(in AckPacket ack, long now)
    {
        LinkedListNode<InFlightDelivery>? node = _inFlight.First;
        while (node != null && node.Value.PacketId != ack.PacketId)
        {
            node = node.Next;
        }
        LastProgress = now;
        bool received = ack.Type == MqttPacketType.PubRec && !ack.Reason.IsFailure();
        if (received)
        {
            if (node != null)
            {
                node.Value.IsReceived = true;
            }
            Connection?.Write(new AckPacket(MqttPacketType.PubRel, ack.PacketId,
                node != null ? MqttReason.Success : MqttReason.PacketIdentifierNotFound));
            return;
        }
        if (node != null)
        {
            _inFlight.Remove(node);
            _packetIds.Remove(ack.PacketId);
        }
        Pump(now);
    }

    /// <summary>The client has come (back): what was on its way is sent again, then what waited.</summary>
    public void GoLive(BrokerConnection connection, long now)
    {
        Connection = connection;
        EndsAt = WillDueAt = null;
        LastProgress = now;
        _overflowed = false;
        foreach (InFlightDelivery flight in _inFlight)
        {
            if (flight.IsReceived)
            {
                connection.Write(new AckPacket(MqttPacketType.PubRel, flight.PacketId, MqttReason.Success));
            }
            else
            {
                connection.WritePublish(flight.Delivery, flight.PacketId, dup: true, now);
            }
        }
        Pump(now);
    }

    /// <summary>The client has gone: publishers need not wait for it, and QoS 0 messages are not kept.</summary>
    public void GoAbsent()
    {
        Connection = null;
        ReleaseHeld();
        if (_queue.Any(static d => d.Qos == MqttQos.AtMostOnce))
        {
            Requeue(_queue.Where(static d => d.Qos != MqttQos.AtMostOnce));
        }
    }

    /// <summary>
    /// Takes out the messages of shared subscriptions that other members can deliver instead: all that wait, and QoS 1
    /// ones on their way. QoS 2 ones on their way stay with a session that is kept: the client may have them already.
    /// </summary>
    public List<Delivery> TakeShared(bool all)
    {
        List<Delivery> taken = [];
        for (LinkedListNode<InFlightDelivery>? node = _inFlight.First; node != null;)
        {
            LinkedListNode<InFlightDelivery>? next = node.Next;
            InFlightDelivery flight = node.Value;
            if (CanMove(flight.Delivery) && (flight.Delivery.Qos == MqttQos.AtLeastOnce || all && !flight.IsReceived))
            {
                taken.Add(flight.Delivery);
                _inFlight.Remove(node);
                _packetIds.Remove(flight.PacketId);
            }
            node = next;
        }
        if (_queue.Any(CanMove))
        {
            taken.AddRange(_queue.Where(CanMove));
            Requeue(_queue.Where(d => !CanMove(d)));
        }
        return taken;

        bool CanMove(Delivery delivery) => delivery.Group is { } group && (all ? !group.IsEmpty : group.HasLiveMember);
    }

    private void Requeue(IEnumerable<Delivery> kept)
    {
        _queue = new Queue<Delivery>(kept);
        _queuedBytes = _queue.Sum(static d => (long)d.Message.SizeBytes);
    }

    private void Send(BrokerConnection connection, in Delivery delivery, long now)
    {
        ushort packetId = 0;
        if (delivery.Qos > MqttQos.AtMostOnce)
        {
            packetId = NextPacketId();
        }
        if (!connection.WritePublish(delivery, packetId, dup: false, now))
        {
            _packetIds.Remove(packetId);
            counters.DroppedTooLarge++;
            return;
        }
        counters.MessagesSent++;
        if (packetId != 0)
        {
            _inFlight.AddLast(new InFlightDelivery(packetId, delivery));
        }
    }

    private ushort NextPacketId()
    {
        do
        {
            _lastPacketId = _lastPacketId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastPacketId + 1);
        }
        while (!_packetIds.Add(_lastPacketId));
        return _lastPacketId;
    }

    private void ReleaseHeld()
    {
        while (_held.TryDequeue(out HeldAcknowledgement held))
        {
            held.Publisher.Release(held);
        }
    }
}
