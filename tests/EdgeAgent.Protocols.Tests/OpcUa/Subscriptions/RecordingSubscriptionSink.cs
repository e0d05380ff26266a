using System.Collections.Concurrent;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Subscriptions;

namespace EdgeAgent.Protocols.Tests.OpcUa.Subscriptions;

/// <summary>Notes what a subscription brings.</summary>
internal sealed class RecordingSubscriptionSink : ISubscriptionSink
{
    public ConcurrentQueue<(int Item, long Value)> Values { get; } = new();

    public ConcurrentQueue<(SubscriptionState State, string? Reason)> States { get; } = new();

    public ConcurrentQueue<(int Messages, string Reason)> Losses { get; } = new();

    public ConcurrentDictionary<int, StatusCode> Items { get; } = new();

    /// <summary>Called before nodes are looked up; may throw.</summary>
    public Action? Resolving { get; set; }

    /// <summary>What resolving gives, for each item; by default a node of its number.</summary>
    public Func<int, NodeResolution> Node { get; set; } = static item => new NodeResolution(new NodeId(2, (uint)item));

    public ValueTask<StatusCode> ResolveAsync(Memory<NodeResolution> nodes, CancellationToken cancellation)
    {
        Resolving?.Invoke();
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes.Span[i] = Node(i);
        }
        return new(StatusCodes.Good);
    }

    public void OnItem(int item, StatusCode status, double revisedSamplingIntervalMs, uint revisedQueueSize) => Items[item] = status;

    public void OnMessage(DateTime publishedAt)
    {
    }

    public void OnValue(int item, in DataValue value)
    {
        value.Value.TryGetInt64(out long number);
        Values.Enqueue((item, number));
    }

    public void OnMessageEnd(bool isPresent)
    {
    }

    public void OnState(SubscriptionState state, string? reason) => States.Enqueue((state, reason));

    public void OnLoss(int messages, string reason) => Losses.Enqueue((messages, reason));
}
