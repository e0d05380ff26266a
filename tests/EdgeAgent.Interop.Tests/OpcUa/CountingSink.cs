using System.Collections.Concurrent;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Subscriptions;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.OpcUa;

/// <summary>Takes the counters of the partner's server, whose values go up by one, so that every lost, repeated or older one shows.</summary>
internal sealed class CountingSink(int items) : ISubscriptionSink
{
    private const string Namespace = "urn:edgeagent:partner";

    private readonly Lock _gate = new();
    private readonly List<long>[] _values = [.. Enumerable.Range(0, items).Select(_ => new List<long>())];
    private OpcUaClient? _client;

    public StatusCode[] Statuses { get; } = new StatusCode[items];

    public ConcurrentQueue<int> Losses { get; } = new();

    /// <summary>Looks the namespace up by its URI in each session, instead of taking it for number 2.</summary>
    public void ResolveWith(OpcUaClient client) => _client = client;

    public long Last(int item)
    {
        lock (_gate)
        {
            return _values[item].Count == 0 ? -1 : _values[item][^1];
        }
    }

    public long[] Of(int item)
    {
        lock (_gate)
        {
            return [.. _values[item]];
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            Array.ForEach(_values, list => list.Clear());
        }
    }

    /// <summary>Waits until each item has so many values.</summary>
    public Task ReachAsync(int count, int? items = null) => Eventually.TrueAsync(
        () =>
        {
            lock (_gate)
            {
                return _values.Take(items ?? _values.Length).All(list => list.Count >= count);
            }
        },
        $"every item has {count} values", TimeSpan.FromSeconds(90));

    public Task ReachMoreAsync(int count)
    {
        lock (_gate)
        {
            return ReachAsync(_values.Min(list => list.Count) + count);
        }
    }

    /// <summary>Each value is one more than the one before; the first may come twice, and a new start repeats the present one.</summary>
    public void AssertComplete()
    {
        lock (_gate)
        {
            for (int item = 0; item < _values.Length; item++)
            {
                long[] values = [.. _values[item]];
                for (int i = 1; i < values.Length; i++)
                {
                    Assert.True(values[i] - values[i - 1] is 0 or 1, $"item {item}: {values[i]} came behind {values[i - 1]}");
                }
            }
        }
    }

    public ValueTask<StatusCode> ResolveAsync(Memory<NodeResolution> nodes, CancellationToken cancellation)
    {
        int index = _client is null ? 2 : _client.NamespaceArray.ToList().IndexOf(Namespace);
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes.Span[i] = new NodeResolution(new NodeId((ushort)index, $"Counter.{i}"));
        }
        return new(StatusCodes.Good);
    }

    public void OnItem(int item, StatusCode status, double revisedSamplingIntervalMs, uint revisedQueueSize) => Statuses[item] = status;

    public void OnMessage(DateTime publishedAt)
    {
    }

    public void OnValue(int item, in DataValue value)
    {
        Assert.True(value.Value.TryGetInt64(out long number));
        lock (_gate)
        {
            _values[item].Add(number);
        }
    }

    public void OnMessageEnd(bool isPresent)
    {
    }

    public void OnState(SubscriptionState state, string? reason)
    {
    }

    public void OnLoss(int messages, string reason) => Losses.Enqueue(messages);
}
