using System.Buffers;
using System.Text;
using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Mqtt.Client;

public sealed partial class MqttClient
{
    private static readonly MqttPublishResult Sent = new(MqttPublishStatus.Acknowledged, MqttReason.Success);
    private static readonly MqttPublishResult Lost = new(MqttPublishStatus.ConnectionLost, MqttReason.Success);
    private static readonly MqttPublishResult TooLarge = new(MqttPublishStatus.TooLarge, MqttReason.PacketTooLarge);

    /// <summary>
    /// Publishes a message and completes when the broker has acknowledged it (QoS 1, 2) or it is on its way (QoS 0).
    /// Waits for a place in the window; the payload is copied before the call first returns. Without a connection, or when
    /// it goes before the acknowledgement, the result is <see cref="MqttPublishStatus.ConnectionLost"/>. Cancelling frees
    /// the caller; a message already on its way stays on its way. Continuations share one thread: do not block in them.
    /// </summary>
    /// <exception cref="ArgumentException">The topic is not a valid topic name.</exception>
    public ValueTask<MqttPublishResult> PublishAsync(
        ReadOnlyMemory<byte> topicUtf8, ReadOnlyMemory<byte> payload, MqttQos qos = MqttQos.AtLeastOnce, bool retain = false,
        CancellationToken cancellationToken = default)
    {
        if (!MqttTopic.IsName(topicUtf8.Span))
        {
            throw new ArgumentException("A topic name must be valid UTF-8, not empty, without U+0000 and without wildcards.", nameof(topicUtf8));
        }
        return Publish(topicUtf8.Span, payload.Span, qos, retain, cancellationToken);
    }

    /// <inheritdoc cref="PublishAsync(ReadOnlyMemory{byte}, ReadOnlyMemory{byte}, MqttQos, bool, CancellationToken)"/>
    public ValueTask<MqttPublishResult> PublishAsync(
        string topic, ReadOnlyMemory<byte> payload, MqttQos qos = MqttQos.AtLeastOnce, bool retain = false,
        CancellationToken cancellationToken = default)
    {
        if (!MqttTopic.IsName(topic))
        {
            throw new ArgumentException($"\"{topic}\" is not a topic name: it must not be empty nor contain wildcards.", nameof(topic));
        }
        byte[] utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(topic.Length));
        try
        {
            int size = Encoding.UTF8.GetBytes(topic, utf8);
            return Publish(utf8.AsSpan(0, size), payload.Span, qos, retain, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(utf8);
        }
    }

    private ValueTask<MqttPublishResult> Publish(
        ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, MqttQos qos, bool retain, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<MqttPublishResult>(cancellationToken);
        }
        int size = PublishPacket.SizeOf(_options.Version, topic.Length, 0, payload.Length, qos);
        PublishOperation operation;
        MqttConnection? connection;
        lock (_window.Gate)
        {
            connection = _connection;
            if (connection == null || connection.IsClosed)
            {
                return new ValueTask<MqttPublishResult>(Lost);
            }
            if (size < 0 || size > connection.Limits.PacketSizeBytesMax)
            {
                return new ValueTask<MqttPublishResult>(TooLarge);
            }
            if (connection.Limits.Refuses(qos, retain) is { } reason)
            {
                return new ValueTask<MqttPublishResult>(new MqttPublishResult(MqttPublishStatus.Refused, reason));
            }
            if (qos == MqttQos.AtMostOnce && connection.TrySend(topic, payload, qos, retain, null))
            {
                operation = null!;
            }
            else
            {
                operation = _window.Rent(qos);
                if (qos == MqttQos.AtMostOnce || !connection.TrySend(topic, payload, qos, retain, operation))
                {
                    operation.PacketIdAt = PublishPacket.Write(operation.Encoded, _options.Version, topic, default, payload, qos, retain, false, 1);
                    _window.Wait(operation);
                }
            }
        }
        if (_window.Completions.ThreadId != Environment.CurrentManagedThreadId)
        {
            connection.Outgoing.Wake();
        }
        connection.WakePausedReader();
        return operation == null ? new ValueTask<MqttPublishResult>(Sent) : operation.Await(cancellationToken);
    }
}
