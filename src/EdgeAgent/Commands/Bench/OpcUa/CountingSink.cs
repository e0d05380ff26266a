using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Subscriptions;

namespace EdgeAgent.Commands.Bench.OpcUa;

/// <summary>Takes a subscription's values into a batch of readings as the agent does, and checks that each counter goes up by one.</summary>
internal sealed class CountingSink(Func<int, NodeId> variable) : ISubscriptionSink
{
    private readonly TaskCompletionSource _firstValue = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ReadingBatch _batch = new();
    private double[] _last = [];
    private long _values;
    private long _lost;
    private long _refused;

    /// <summary>Values taken.</summary>
    public long Values => Volatile.Read(ref _values);

    /// <summary>Numbers that a counter skipped.</summary>
    public long Lost => Volatile.Read(ref _lost);

    public long Refused => Volatile.Read(ref _refused);

    /// <summary>The first value has come.</summary>
    public Task FirstValue => _firstValue.Task;

    public ValueTask<StatusCode> ResolveAsync(Memory<NodeResolution> nodes, CancellationToken cancellation)
    {
        _last = new double[nodes.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes.Span[i] = new NodeResolution(variable(i));
        }

        return default; // Good
    }

    public void OnItem(int item, StatusCode status, double revisedSamplingIntervalMs, uint revisedQueueSize) => _refused += status.IsBad ? 1 : 0;

    public void OnMessage(DateTime publishedAt) => _batch.Clear();

    public void OnValue(int item, in DataValue value)
    {
        if (!value.Value.TryGetDouble(out double number))
        {
            return;
        }

        _batch.Add(Reading.Float64(item, new Quality(value.Status.Value), value.SourceTimestamp.Ticks - DateTime.UnixEpoch.Ticks, number));
        double last = _last[item];
        // The first value comes from the item's creation and may be the same or the one before the first sample on the grid.
        _lost += last > 0 && number > last + 1 ? (long)(number - last) - 1 : 0;
        _last[item] = number;
        _values++;
    }

    public void OnMessageEnd(bool isPresent) => _firstValue.TrySetResult();

    public void OnState(SubscriptionState state, string? reason)
    {
    }

    public void OnLoss(int messages, string reason) => _lost += Math.Max(messages, 1);
}
