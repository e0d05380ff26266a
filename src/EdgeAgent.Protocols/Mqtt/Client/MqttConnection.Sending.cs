using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Mqtt.Client;

internal sealed partial class MqttConnection
{
    private readonly TaskCompletionSource _sendingEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile MqttConnectionLoss? _closeWhenSent;
    private long _lastSent;
    // Zero means that no write is under way.
    private long _writeStarted;

    /// <summary>
    /// Encodes a message right into the outgoing bytes when there is room and a place in the window (gate). False: the
    /// caller has to wait.
    /// </summary>
    public bool TrySend(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, MqttQos qos, bool retain, PublishOperation? operation)
    {
        if (_window.FirstWaiting != null || !Outgoing.HasRoom || operation != null && !_window.HasPlace)
        {
            return false;
        }
        ushort packetId = 0;
        if (operation != null)
        {
            _window.Enter(operation, _time.GetTimestamp());
            packetId = operation.PacketId;
            if (qos == MqttQos.ExactlyOnce)
            {
                operation.PacketIdAt = PublishPacket.Write(operation.Encoded, _options.Version, topic, default, payload, qos, retain, false, packetId);
            }
        }
        PublishPacket.Write(Outgoing.Filling, _options.Version, topic, default, payload, qos, retain, false, packetId);
        _counters.Published++;
        return true;
    }

    /// <summary>A reader that is paused may have to read on for the answer to what was just sent.</summary>
    public void WakePausedReader()
    {
        if (_readingPaused)
        {
            _incoming.WakeReader();
        }
    }

    /// <summary>Sends those that waited, as far as window and outgoing bytes allow (gate).</summary>
    public void AdmitWaiting()
    {
        while (_window.FirstWaiting is { } next && Outgoing.HasRoom && (next.Qos == MqttQos.AtMostOnce || _window.HasPlace))
        {
            _window.TakeFirstWaiting();
            PacketBuffer target = Outgoing.Filling;
            int start = target.Length;
            target.Raw(next.Encoded.WrittenSpan);
            _counters.Published++;
            if (next.Qos == MqttQos.AtMostOnce)
            {
                _window.Finish(next, new MqttPublishResult(MqttPublishStatus.Acknowledged, MqttReason.Success));
                continue;
            }
            _window.Enter(next, _time.GetTimestamp());
            target.Patch(start + next.PacketIdAt, next.PacketId);
            next.Encoded.Patch(next.PacketIdAt, next.PacketId);
        }
    }

    /// <summary>After a reconnect with the session kept: the QoS 2 messages go on where they stopped (gate).</summary>
    public void ResendKept()
    {
        foreach (PublishOperation operation in _window.InFlightInOrder())
        {
            operation.SentTimestamp = _time.GetTimestamp();
            if (operation.IsReceived)
            {
                new AckPacket(MqttPacketType.PubRel, operation.PacketId, MqttReason.Success).Write(Outgoing.Filling, _options.Version);
                continue;
            }
            int start = Outgoing.Filling.Length;
            Outgoing.Filling.Raw(operation.Encoded.WrittenSpan);
            Outgoing.Filling.SetBits(start, 0x08);
        }
    }

    /// <summary>Answers a received message once it has been handled; does nothing when the connection has ended.</summary>
    public void Acknowledge(MqttQos qos, ushort packetId, bool good, bool wake)
    {
        MqttPacketType type = qos == MqttQos.AtLeastOnce ? MqttPacketType.PubAck : MqttPacketType.PubRec;
        lock (_window.Gate)
        {
            if (IsClosed)
            {
                return;
            }
            new AckPacket(type, packetId, good ? MqttReason.Success : MqttReason.UnspecifiedError).Write(Outgoing.Filling, _options.Version);
        }
        if (wake)
        {
            Outgoing.Wake();
        }
    }

    private async Task SendLoopAsync()
    {
        try
        {
            while (!IsClosed)
            {
                ReadOnlyMemory<byte> batch = Outgoing.TakeBatch();
                if (batch.IsEmpty)
                {
                    if (_closeWhenSent is { } loss)
                    {
                        Close(loss);
                        break;
                    }
                    await Outgoing.WaitAsync().ConfigureAwait(false);
                    continue;
                }
                Volatile.Write(ref _writeStarted, Math.Max(_time.GetTimestamp(), 1));
                await _stream.WriteAsync(batch).ConfigureAwait(false);
                Volatile.Write(ref _writeStarted, 0);
                Volatile.Write(ref _lastSent, _time.GetTimestamp());
                _counters.BytesSent += batch.Length;
                AfterWrite();
            }
        }
        catch (Exception failure)
        {
            Fail(MqttLossCause.NetworkError, $"sending failed ({failure.Message})", exception: failure);
        }
        finally
        {
            _sendingEnded.TrySetResult();
        }
    }

    private void AfterWrite()
    {
        lock (_window.Gate)
        {
            if (_window.FirstWaiting == null)
            {
                return;
            }
            AdmitWaiting();
        }
        _window.Completions.Run();
    }
}
