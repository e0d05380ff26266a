using EdgeAgent.Collector.Publishing.Following;
using System.Collections.Concurrent;
using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Batches;
using EdgeAgent.Protocols.Mqtt;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Publishing.Batch;

/// <summary>Takes the hub's acknowledgements from the ack topic and moves the cursor on. Runs on the MQTT client's thread.</summary>
internal sealed class Acknowledgements(BatchBuffer buffer, string cursor, WakeSignal wake, ILogger logger)
{
    private readonly ConcurrentQueue<RefusedBatch> _refused = new();
    private int _arrived;

    /// <summary>Whether an acknowledgement arrived since the last call.</summary>
    public bool TakeArrived() => Interlocked.Exchange(ref _arrived, 0) != 0;

    public bool TryTakeRefused(out RefusedBatch refused) => _refused.TryDequeue(out refused);

    public ValueTask HandleAsync(MqttMessage message, CancellationToken cancellation)
    {
        if (!BatchAck.TryParse(message.Payload.Span, out BatchAck ack))
        {
            logger.AckUnreadable(cursor, message.Payload.Length);
            return default;
        }

        if (ack.Incarnation == buffer.Incarnation)
        {
            buffer.Acknowledge(cursor, ack.Incarnation, ack.Contiguous, [.. ack.Above]);
            foreach (RefusedBatch refused in ack.Refused)
            {
                _refused.Enqueue(refused);
            }

            Interlocked.Exchange(ref _arrived, 1);
            wake.Set();
        }

        return default;
    }
}
