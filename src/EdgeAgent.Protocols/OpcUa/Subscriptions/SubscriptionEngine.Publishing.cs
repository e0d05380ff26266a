using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

internal sealed partial class SubscriptionEngine
{
    private static readonly TimeSpan s_publishPause = TimeSpan.FromSeconds(1);

    private readonly List<Acknowledgement> _acknowledgements = [];
    private readonly Stack<PublishExchange> _idle = new();
    private int _publishing;
    private int _publishGeneration;
    private int _publishMax = 10;
    private long _publishAgainAt;
    private bool _hasMore;

    /// <summary>Publish requests that are with the server.</summary>
    public int Publishing => Volatile.Read(ref _publishing);

    /// <summary>A message arrived and is ours: the server may forget it. Under the gate.</summary>
    public void Acknowledge(uint subscription, uint number) => _acknowledgements.Add(new Acknowledgement(subscription, number));

    /// <summary>Gives the acknowledgements that are due to a request.</summary>
    public int TakeAcknowledgements(ref Acknowledgement[] into)
    {
        lock (Gate)
        {
            int count = _acknowledgements.Count;
            if (into.Length < count)
            {
                into = new Acknowledgement[Math.Max(count, 16)];
            }
            _acknowledgements.CopyTo(into);
            _acknowledgements.Clear();
            return count;
        }
    }

    /// <summary>Takes the response to a Publish request, on the connection's event loop.</summary>
    public StatusCode TakeResponse(ReadOnlySpan<byte> message)
    {
        UaFault fault = PublishResponse.TryRead(message, out PublishResponse response);
        if (fault != UaFault.None)
        {
            BrokenResponses++;
            return fault.ToStatus();
        }
        if (response.Header.Result.IsBad)
        {
            return response.Header.Result;
        }
        long now = Time.GetTimestamp();
        lock (Gate)
        {
            _hasMore = response.HasMore;
            if (Find(response.SubscriptionId) is { } subscription)
            {
                subscription.Receive(message, response, now);
            }
            else
            {
                StrayMessages++;
                _stray = response.SubscriptionId;
                Wake();
            }
        }
        return StatusCodes.Good;
    }

    private OpcUaSubscription? Find(uint id)
    {
        foreach (OpcUaSubscription subscription in _subscriptions)
        {
            if (subscription.Id == id && subscription.Phase is SubscriptionPhase.Live or SubscriptionPhase.Interrupted)
            {
                return subscription;
            }
        }
        return null;
    }

    // One request for each subscription and one more, because the server needs one at hand when the next message is ready.
    private int PublishTarget()
    {
        int live = 0;
        foreach (OpcUaSubscription subscription in _subscriptions)
        {
            live += subscription.Phase == SubscriptionPhase.Live ? 1 : 0;
        }
        return live == 0 ? 0 : Math.Clamp(Math.Max(live + 1, _options.PublishRequestsMin) + (_hasMore ? 1 : 0), 1, _publishMax);
    }

    private void StartPublishing()
    {
        while (true)
        {
            PublishExchange exchange;
            int generation;
            lock (Gate)
            {
                if (!_isConnected || _publishing >= PublishTarget() || Time.GetTimestamp() < _publishAgainAt)
                {
                    return;
                }
                _publishing++;
                generation = _publishGeneration;
                exchange = _idle.TryPop(out PublishExchange? idle) ? idle : new PublishExchange(this);
            }
            _ = PublishAsync(exchange, generation);
        }
    }

    private async Task PublishAsync(PublishExchange exchange, int generation)
    {
        // Not on the engine's loop, and not under anything that a caller holds.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        int epoch = Volatile.Read(ref _epoch);
        while (true)
        {
            StatusCode status = await _channel.CallAsync(exchange, PublishTimeout(), CancellationToken.None).ConfigureAwait(false);
            lock (Gate)
            {
                if (generation != _publishGeneration)
                {
                    // It had been given up, so it is not counted any more.
                    if (status.IsBad)
                    {
                        exchange.GiveBack(_acknowledgements);
                    }
                    return;
                }
                if (!status.IsBad && epoch == _epoch && _publishing <= PublishTarget())
                {
                    continue;
                }
                _publishing--;
                _idle.Push(exchange);
                if (status.IsBad)
                {
                    exchange.GiveBack(_acknowledgements);
                }
                if (status.IsBad && epoch == _epoch)
                {
                    AfterBadPublish(status);
                }
            }
            Wake();
            return;
        }
    }

    // Under the gate.
    private void AfterBadPublish(StatusCode status)
    {
        if (IsOfConnection(status))
        {
            // Nothing can be asked until a session is told of again.
            _isConnected = false;
            return;
        }
        switch (status.Code.Value)
        {
            case StatusCodes.BadTooManyPublishRequests:
                _publishMax = Math.Max(1, _publishing);
                break;
            case StatusCodes.BadNoSubscription:
                // The server has none of this session; which of ours are gone shows when each is asked about.
                foreach (OpcUaSubscription subscription in _subscriptions)
                {
                    subscription.IsSuspect |= subscription.Phase == SubscriptionPhase.Live;
                }
                PausePublishing();
                break;
            case StatusCodes.BadTimeout or StatusCodes.BadDecodingError or StatusCodes.BadEncodingLimitsExceeded:
                break;
            default:
                PausePublishing();
                break;
        }
    }

    // The server seems to have lost the requests that are with it: they count no more, and fresh ones are sent. Under the gate.
    private void RenewPublishing()
    {
        _publishGeneration++;
        _publishing = 0;
    }

    private void PausePublishing() => _publishAgainAt = Time.GetTimestamp() + Ticks(s_publishPause);

    // Each request may wait at the server until every one before it was answered with a keep-alive.
    private TimeSpan PublishTimeout()
    {
        lock (Gate)
        {
            TimeSpan longest = TimeSpan.Zero;
            foreach (OpcUaSubscription subscription in _subscriptions)
            {
                longest = subscription.SilenceAfter > longest ? subscription.SilenceAfter : longest;
            }
            return longest * (_publishing + 1) + _options.RequestTimeout;
        }
    }
}
