using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>
/// Brings received messages to the handler, in order and one at a time. A handler that finishes at once runs right on the
/// reader. While it is busy, messages gather in a bounded inbox and the reader goes on to serve acknowledgements; when the
/// inbox is full the reader stops, and so does the broker. Outlives connections: a handler may be busy across a reconnect.
/// </summary>
internal sealed class IncomingMessages(
    MqttMessageHandler handler, IMqttClientObserver observer, SessionState session, MqttVersion version, int sizeBytesMax, CancellationToken stopping)
{
    private readonly Lock _gate = new();
    private readonly AsyncSignal _room = new();
    private PacketBuffer _queued = new(4096);
    private PacketBuffer _draining = new(4096);
    private MqttConnection? _queuedFrom;
    private bool _busy;

    // A handler may publish and wait for the acknowledgement, which lies behind messages in the socket. To reach it, the
    // reader may fill the inbox further while publishes of our own are unanswered; still bounded, so that memory is too.
    private const int ExtendedFactor = 16;

    /// <summary>
    /// Handles or queues one message; called by the reader of a connection. False: the inbox is full, wait for
    /// <see cref="RoomAsync"/> and offer it again.
    /// </summary>
    public bool TryAccept(MqttConnection connection, in PublishPacket packet, ReadOnlyMemory<byte> frame, ReceiveBuffer buffer)
    {
        lock (_gate)
        {
            if (_busy)
            {
                long limit = connection.AwaitsAnswers ? (long)sizeBytesMax * ExtendedFactor : sizeBytesMax;
                bool fits = _queued.Length == 0 || _queued.Length + frame.Length <= limit && _queuedFrom == connection;
                if (fits)
                {
                    _queued.Raw(frame.Span);
                    _queuedFrom = connection;
                }
                return fits;
            }
            _busy = true;
        }
        int generation = session.Generation;
        ValueTask<bool> handling = HandleAsync(packet);
        if (!handling.IsCompletedSuccessfully)
        {
            _ = DrainAsync(handling, connection, packet.Qos, packet.PacketId, generation, buffer, buffer.HandOver());
            return true;
        }
        Finish(connection, packet.Qos, packet.PacketId, generation, handling.Result, inlineWake: false);
        lock (_gate)
        {
            _busy = false;
        }
        return true;
    }

    public ValueTask RoomAsync() => _room.WaitAsync();

    /// <summary>Wakes a reader that waits for room, because its connection has ended.</summary>
    public void WakeReader() => _room.Set();

    private async Task DrainAsync(
        ValueTask<bool> handling, MqttConnection connection, MqttQos qos, ushort packetId, int generation, ReceiveBuffer buffer, byte[] array)
    {
        bool good = await handling.ConfigureAwait(false);
        buffer.Return(array);
        Finish(connection, qos, packetId, generation, good, inlineWake: true);
        while (true)
        {
            MqttConnection from;
            lock (_gate)
            {
                if (_queued.Length == 0)
                {
                    _busy = false;
                    _room.Set();
                    return;
                }
                (_queued, _draining) = (_draining, _queued);
                from = _queuedFrom!;
            }
            _room.Set();
            generation = session.Generation;
            for (ReadOnlyMemory<byte> rest = _draining.Written; !rest.IsEmpty;)
            {
                PacketFrame.TryRead(rest.Span, version, int.MaxValue, out PacketFrame frame, out _);
                PublishPacket.TryRead(frame.Flags, rest.Slice(frame.HeaderSize, frame.BodySize), version, out PublishPacket packet, out _);
                rest = rest[frame.Size..];
                (qos, packetId) = (packet.Qos, packet.PacketId);
                good = await HandleAsync(packet).ConfigureAwait(false);
                Finish(from, qos, packetId, generation, good, inlineWake: true);
            }
            _draining.Clear();
            _draining.Trim(sizeBytesMax);
        }
    }

    private ValueTask<bool> HandleAsync(in PublishPacket packet)
    {
        if (packet.Qos == MqttQos.ExactlyOnce && session.IsHandled(packet.PacketId))
        {
            return new ValueTask<bool>(true);
        }
        var message = new MqttMessage
        {
            Topic = packet.Topic,
            Payload = packet.Payload,
            Qos = packet.Qos,
            Retain = packet.Retain,
            Dup = packet.Dup,
        };
        try
        {
            ValueTask task = handler(message, stopping);
            return task.IsCompletedSuccessfully ? new ValueTask<bool>(true) : SettleAsync(task, message);
        }
        catch (Exception failure)
        {
            observer.HandlerFailed(message.TopicText(), failure);
            return new ValueTask<bool>(false);
        }
    }

    private async ValueTask<bool> SettleAsync(ValueTask task, MqttMessage message)
    {
        try
        {
            await task.ConfigureAwait(false);
            return true;
        }
        catch (Exception failure)
        {
            observer.HandlerFailed(message.TopicText(), failure);
            return false;
        }
    }

    private void Finish(MqttConnection connection, MqttQos qos, ushort packetId, int generation, bool good, bool inlineWake)
    {
        if (qos == MqttQos.AtMostOnce)
        {
            return;
        }
        if (qos == MqttQos.ExactlyOnce && good)
        {
            session.MarkHandled(packetId, generation);
        }
        connection.Acknowledge(qos, packetId, good, inlineWake);
    }
}
