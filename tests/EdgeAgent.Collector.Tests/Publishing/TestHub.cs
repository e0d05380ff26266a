using System.Collections.Concurrent;
using System.Text;
using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Batches;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;

namespace EdgeAgent.Collector.Tests.Publishing;

/// <summary>A hub in a few lines: takes batches, remembers which it has, acknowledges when it is told to.</summary>
internal sealed class TestHub : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly SequenceSet _stored = new();
    private readonly Dictionary<long, string> _refusals = [];
    private readonly MqttClient _client;
    private readonly DecodedBatch _decoded = new();

    public TestHub(string broker, MqttVersion version = MqttVersion.V5)
    {
        _client = new MqttClient(
            new MqttClientOptions { Brokers = [MqttBrokerAddress.Parse(broker)], Version = version, ClientId = "hub", BackoffMinMs = 20, BackoffMaxMs = 50 },
            TimeProvider.System, HandleAsync);
    }

    /// <summary>Sequences in the order in which they arrived, repeats included.</summary>
    public ConcurrentQueue<long> Arrivals { get; } = new();

    public ConcurrentDictionary<string, string> Retained { get; } = new();

    public bool Acknowledges { get; set; } = true;

    /// <summary>Batches that this hub loses without storing them, each once.</summary>
    public ConcurrentDictionary<long, bool> LosesOnce { get; } = new();

    public long Contiguous
    {
        get
        {
            lock (_gate)
            {
                return _stored.Contiguous;
            }
        }
    }

    public async Task<TestHub> StartAsync()
    {
        await _client.StartAsync();
        await _client.SubscribeAsync([new MqttSubscription("edgeagent/v1/+/+/#")]);
        return this;
    }

    public void Refuse(long sequence, string reason) => _refusals[sequence] = reason;

    public bool Has(long sequence)
    {
        lock (_gate)
        {
            return _stored.Contains(sequence);
        }
    }

    public async ValueTask DisposeAsync() => await _client.DisposeAsync();

    private async ValueTask HandleAsync(MqttMessage message, CancellationToken cancellation)
    {
        if (!Topics.TryParse(message.TopicText(), out string site, out string agent, out TopicKind kind))
        {
            return;
        }

        if (kind is TopicKind.Birth or TopicKind.Status)
        {
            Retained[kind.ToString()] = Encoding.UTF8.GetString(message.Payload.Span);
        }

        if (kind != TopicKind.Batch)
        {
            return;
        }

        Assert.Equal(BatchReadStatus.Ok, BatchReader.TryReadHeader(message.Payload.Span, _decoded, BatchLimits.Default));
        Arrivals.Enqueue(_decoded.Sequence);
        BatchAck ack;
        lock (_gate)
        {
            if (LosesOnce.TryRemove(_decoded.Sequence, out _))
            {
                return;
            }

            if (!_refusals.ContainsKey(_decoded.Sequence))
            {
                _stored.Add(_decoded.Sequence);
            }

            ack = new BatchAck(
                _decoded.Incarnation, _stored.Contiguous, [.. _stored.Ranges.Where(r => r.First > _stored.Contiguous).Take(BatchAck.AboveMax)],
                [.. _refusals.Select(r => new RefusedBatch(r.Key, r.Value))]);
        }

        if (Acknowledges)
        {
            // Not awaited: the acknowledgement of the acknowledgement comes over the connection that this handler holds up.
            _ = _client.PublishAsync(Topics.Ack(site, agent), ack.ToBytes(), cancellationToken: cancellation);
        }

        await ValueTask.CompletedTask;
    }
}
