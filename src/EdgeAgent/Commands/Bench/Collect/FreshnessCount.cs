using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;

namespace EdgeAgent.Commands.Bench.Collect;

/// <summary>An independent subscriber: takes what was published and counts, tag by tag, values that are new and values that had come before.</summary>
internal sealed class FreshnessCount : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly MqttClient _client;
    private readonly DecodedBatch _batch = new();
    private readonly ulong[] _lastValue;
    private readonly long[] _lastTicks;
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastSequence;

    private FreshnessCount(int tags, int brokerPort, BenchContext context)
    {
        _lastValue = new ulong[tags];
        _lastTicks = new long[tags];
        MqttClientOptions options = new() { Brokers = [new MqttBrokerAddress("127.0.0.1", brokerPort, UseTls: false)] };
        _client = new MqttClient(options, context.Time, TakeAsync);
    }

    /// <summary>Values received since the last <see cref="Reset"/>.</summary>
    public long Values { get; private set; }

    /// <summary>Values equal to the one before of the same tag, or not newer than it. The counters change every 10 ms, so each is a value published twice.</summary>
    public long Stale { get; private set; }

    /// <summary>Readings without a value.</summary>
    public long Bad { get; private set; }

    /// <summary>Readings that the accounts in the batches call due.</summary>
    public long Due { get; private set; }

    /// <summary>Readings that the accounts in the batches call missed.</summary>
    public long Missed { get; private set; }

    /// <summary>Batches that did not follow the one before.</summary>
    public long Gaps { get; private set; }

    public static async Task<FreshnessCount> SubscribeAsync(int tags, int brokerPort, BenchContext context)
    {
        FreshnessCount count = new(tags, brokerPort, context);
        await count._client.StartAsync(context.Cancellation);
        await count._client.SubscribeAsync([new MqttSubscription(Topics.Filter(TopicKind.Batch))], context.Cancellation);
        return count;
    }

    /// <summary>Completes with the first batch.</summary>
    public Task First => _first.Task;

    public void Reset()
    {
        lock (_gate)
        {
            (Values, Stale, Bad, Gaps, Due, Missed) = (0, 0, 0, 0, 0, 0);
        }
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private ValueTask TakeAsync(MqttMessage message, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (BatchReader.TryRead(message.Payload.Span, _batch, BatchLimits.Default) != BatchReadStatus.Ok)
            {
                Gaps++;
                return ValueTask.CompletedTask;
            }

            Gaps += _lastSequence != 0 && _batch.Sequence != _lastSequence + 1 ? 1 : 0;
            _lastSequence = _batch.Sequence;
            _first.TrySetResult();
            foreach (ScanAccount account in _batch.Accounts)
            {
                Due += account.Due;
                Missed += account.Missed;
            }

            foreach (ref readonly Reading reading in _batch.Readings.Readings)
            {
                Count(reading);
            }
        }

        return ValueTask.CompletedTask;
    }

    private void Count(in Reading reading)
    {
        if (!reading.Quality.IsGood)
        {
            Bad++;
            return;
        }

        Values++;
        bool first = _lastTicks[reading.TagId] == 0;
        Stale += !first && (reading.Bits == _lastValue[reading.TagId] || reading.SourceTicks <= _lastTicks[reading.TagId]) ? 1 : 0;
        _lastValue[reading.TagId] = reading.Bits;
        _lastTicks[reading.TagId] = reading.SourceTicks;
    }
}
