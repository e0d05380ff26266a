using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

/// <summary>
/// Keeps the subscriptions of one client alive over its connections and sessions: one loop makes, continues, takes over and examines
/// them, and a few Publish requests are always with the server.
/// </summary>
/// <remarks>
/// Notifications are taken on the connection's event loop; everything else is done by the engine's own loop, which looks what each
/// subscription needs whenever something happened. What both touch is behind <see cref="Gate"/>, which is never held across a call.
/// </remarks>
internal sealed partial class SubscriptionEngine : IUaSessionObserver, IAsyncDisposable
{
    private readonly IUaServiceChannel _channel;
    private readonly SubscriptionEngineOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _work = new(0, 1);
    private readonly ITimer _timer;
    private readonly Task _running;
    private OpcUaSubscription[] _subscriptions = [];
    private bool _isConnected;
    private uint _stray;
    private int _epoch;

    public SubscriptionEngine(IUaServiceChannel channel, SubscriptionEngineOptions options, TimeProvider time)
    {
        _channel = channel;
        _options = options;
        Time = time;
        _timer = time.CreateTimer(static state => ((SubscriptionEngine)state!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        channel.Observe(this);
        // A call without a session fails at once, so it does no harm to take one for granted that was there before us.
        _isConnected = channel.SessionNumber > 0;
        _running = Task.Run(RunAsync);
    }

    public TimeProvider Time { get; }

    /// <summary>Guards what the event loop and the engine's loop share.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Messages of subscriptions that are not, or no longer, ours.</summary>
    public long StrayMessages { get; private set; }

    /// <summary>Responses to Publish that could not be read.</summary>
    public long BrokenResponses { get; private set; }

    /// <summary>Begins a subscription; it is made as soon as there is a session.</summary>
    public OpcUaSubscription Add(SubscriptionOptions options, IReadOnlyList<MonitoredItemOptions> items, ISubscriptionSink sink)
    {
        var subscription = new OpcUaSubscription(this, options, [.. items], sink);
        lock (Gate)
        {
            _subscriptions = [.. _subscriptions, subscription];
        }
        Wake();
        return subscription;
    }

    public async ValueTask RemoveAsync(OpcUaSubscription subscription)
    {
        uint id;
        bool isReachable;
        lock (Gate)
        {
            if (subscription.Phase == SubscriptionPhase.Closed)
            {
                return;
            }
            id = subscription.Id;
            isReachable = _isConnected && subscription.Phase is SubscriptionPhase.Live or SubscriptionPhase.Interrupted;
            Forget(subscription);
            subscription.Phase = SubscriptionPhase.Closed;
            subscription.Become(SubscriptionState.Closed);
            _subscriptions = [.. _subscriptions.Where(other => other != subscription)];
        }
        if (isReachable && id != 0)
        {
            await _channel.CallAsync(new DeleteSubscriptionsExchange(id), _options.CloseTimeout, CancellationToken.None).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Unobserve(this);
        foreach (OpcUaSubscription subscription in _subscriptions)
        {
            await RemoveAsync(subscription).ConfigureAwait(false);
        }
        await _stop.CancelAsync().ConfigureAwait(false);
        Wake();
        await _running.ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
        // Publish requests that are still with the server are not waited for: they end with the connection.
    }

    /// <summary>Lets the engine's loop look what is to do. May be called anywhere, under the gate too.</summary>
    public void Wake()
    {
        try
        {
            _work.Release();
        }
        catch (SemaphoreFullException)
        {
            // It will look anyway.
        }
    }

    public long Ticks(TimeSpan span) => (long)(span.TotalSeconds * Time.TimestampFrequency);

    void IUaSessionObserver.SessionContinued(int connectionNumber, int sessionNumber) => Begin(SubscriptionPhase.Interrupted);

    void IUaSessionObserver.SessionCreated(int connectionNumber, int sessionNumber) => Begin(SubscriptionPhase.Foreign);

    void IUaSessionObserver.ConnectionLost(int connectionNumber, StatusCode reason)
    {
        lock (Gate)
        {
            _isConnected = false;
            _epoch++;
            foreach (OpcUaSubscription subscription in _subscriptions)
            {
                if (subscription.Phase == SubscriptionPhase.Live)
                {
                    subscription.Phase = SubscriptionPhase.Interrupted;
                }
                subscription.Become(SubscriptionState.Interrupted, $"the connection was lost ({reason})");
            }
        }
    }

    /// <summary>The server ended the subscription by a status of its own. Under the gate.</summary>
    public void Ended(OpcUaSubscription subscription, StatusCode status)
    {
        Forget(subscription);
        subscription.Become(SubscriptionState.Starting, $"the server ended the subscription ({status})");
        subscription.Counters.Recreated++;
        subscription.Lose(-1, $"the server ended the subscription ({status})");
        Wake();
    }

    private void Begin(SubscriptionPhase phase)
    {
        lock (Gate)
        {
            _isConnected = true;
            _epoch++;
            _publishMax = _options.PublishRequestsMax;
            foreach (OpcUaSubscription subscription in _subscriptions)
            {
                if (subscription.Phase is SubscriptionPhase.Live or SubscriptionPhase.Interrupted or SubscriptionPhase.Foreign)
                {
                    // Whom an earlier session knew is still foreign when a later one is continued.
                    subscription.Phase = subscription.Phase == SubscriptionPhase.Foreign ? SubscriptionPhase.Foreign : phase;
                }
                subscription.RetryAt = 0;
            }
        }
        Wake();
    }

    // Nothing is known of it at the server any more. Under the gate.
    private void Forget(OpcUaSubscription subscription)
    {
        uint id = subscription.Id;
        _acknowledgements.RemoveAll(item => item.SubscriptionId == id);
        subscription.Phase = SubscriptionPhase.Absent;
        subscription.Id = 0;
        subscription.RetryAt = 0;
        subscription.ItemsDueAt = long.MaxValue;
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await _work.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            foreach (OpcUaSubscription subscription in Volatile.Read(ref _subscriptions))
            {
                try
                {
                    await TendAsync(subscription).ConfigureAwait(false);
                }
                catch (Exception failure)
                {
                    // One owner's fault, as in looking nodes up, must not end the others' subscriptions.
                    Defer(subscription, $"making the subscription failed ({failure.Message})");
                }
            }
            await EndStraysAsync().ConfigureAwait(false);
            StartPublishing();
            ArmTimer();
        }
    }

    // A subscription that was given up while its creation was under way still sends.
    private async Task EndStraysAsync()
    {
        uint stray;
        lock (Gate)
        {
            stray = _isConnected ? _stray : 0;
            _stray = 0;
        }
        if (stray != 0)
        {
            await _channel.CallAsync(new DeleteSubscriptionsExchange(stray), _options.RequestTimeout, _stop.Token).ConfigureAwait(false);
        }
    }

    private void ArmTimer()
    {
        long now = Time.GetTimestamp();
        long next = long.MaxValue;
        lock (Gate)
        {
            if (!_isConnected)
            {
                return;
            }
            foreach (OpcUaSubscription subscription in _subscriptions)
            {
                next = Math.Min(next, subscription.ItemsDueAt);
                if (subscription.RetryAt > now)
                {
                    next = Math.Min(next, subscription.RetryAt);
                }
                if (subscription.State is SubscriptionState.Live or SubscriptionState.Silent)
                {
                    next = Math.Min(next, subscription.State == SubscriptionState.Live ? subscription.OverdueAt + 1 : subscription.ChanceEndsAt);
                }
            }
            next = _publishAgainAt > now ? Math.Min(next, _publishAgainAt) : next;
        }
        if (next != long.MaxValue)
        {
            TimeSpan wait = Time.GetElapsedTime(now, Math.Max(next, now));
            _timer.Change(wait > TimeSpan.FromMilliseconds(1) ? wait : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        }
    }
}
