namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

/// <summary>
/// A subscription that survives its connections and sessions: it is continued, taken over or made again, whichever the server still
/// allows, and what was lost meanwhile is counted. What it brings goes to its <see cref="ISubscriptionSink"/>.
/// </summary>
public sealed partial class OpcUaSubscription : IAsyncDisposable
{
    private readonly SubscriptionEngine _engine;
    private readonly ISubscriptionSink _sink;
    private readonly MonitoredItemOptions[] _items;
    private volatile SubscriptionState _state;

    internal OpcUaSubscription(SubscriptionEngine engine, SubscriptionOptions options, MonitoredItemOptions[] items, ISubscriptionSink sink)
    {
        _engine = engine;
        _sink = sink;
        _items = items;
        Options = options;
        Revised(options.PublishingIntervalMs, options.KeepAliveMs);
        States = new MonitoredItemState[items.Length];
    }

    public SubscriptionOptions Options { get; }

    public IReadOnlyList<MonitoredItemOptions> Items => _items;

    public SubscriptionState State => _state;

    /// <summary>Why the state is what it is, for people; null while all is well.</summary>
    public string? Reason { get; private set; }

    public SubscriptionStatistics Statistics
    {
        get
        {
            lock (_engine.Gate)
            {
                return Counters.Snapshot();
            }
        }
    }

    /// <summary>What the server made of the wished interval.</summary>
    public double RevisedPublishingIntervalMs { get; private set; }

    /// <summary>After so long without a sign of life the subscription counts as silent: the keep-alive time as the server revised it, and a margin.</summary>
    public TimeSpan SilenceAfter { get; private set; }

    /// <summary>Whether, at this moment, silence means that nothing has changed. Cheap, and safe to ask from any thread.</summary>
    public bool IsAlive => _state == SubscriptionState.Live && !IsOverdue(_engine.Time.GetTimestamp());

    /// <summary>Ends the subscription, at the server as well when it can be reached at once.</summary>
    public ValueTask DisposeAsync() => _engine.RemoveAsync(this);

    internal SubscriptionCounters Counters { get; } = new();

    internal SubscriptionPhase Phase { get; set; }

    /// <summary>The server's number; 0 for none.</summary>
    internal uint Id { get; set; }

    internal MonitoredItemState[] States { get; }

    internal ISubscriptionSink Sink => _sink;

    /// <summary>Before this timestamp a step that failed is not tried again.</summary>
    internal long RetryAt { get; set; }

    /// <summary>When items that the server lacks are asked for again, as a timestamp; the highest for never.</summary>
    internal long ItemsDueAt { get; set; } = long.MaxValue;

    /// <summary>There is reason to ask the server whether it still has the subscription.</summary>
    internal bool IsSuspect { get; set; }

    /// <summary>Until when a silent subscription has its last chance, as a timestamp.</summary>
    internal long ChanceEndsAt { get; set; }

    /// <summary>The server lacks items: it refused them, or the connection broke before they were made.</summary>
    internal bool LacksItems => Array.Exists(States, static item => item.ServerId == 0);

    internal void Revised(double publishingIntervalMs, double keepAliveMs)
    {
        RevisedPublishingIntervalMs = publishingIntervalMs;
        // A server's timer and the way here are allowed one more interval, and a quarter of a second at least.
        SilenceAfter = TimeSpan.FromMilliseconds(keepAliveMs + Math.Max(publishingIntervalMs, 250));
    }

    /// <summary>Changes the state and tells it; under the gate.</summary>
    internal void Become(SubscriptionState state, string? reason = null)
    {
        if (_state == state && Reason == reason)
        {
            return;
        }
        _state = state;
        Reason = reason;
        _sink.OnState(state, reason);
    }

    /// <summary>Counts and tells a loss; under the gate.</summary>
    internal void Lose(int messages, string reason)
    {
        Counters.Lost += Math.Max(messages, 0);
        _sink.OnLoss(messages, reason);
    }
}
