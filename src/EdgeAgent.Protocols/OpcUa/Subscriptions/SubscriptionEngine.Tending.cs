using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

internal sealed partial class SubscriptionEngine
{
    /// <summary>The server made a subscription; its messages may follow at once. On the connection's event loop.</summary>
    public void Created(OpcUaSubscription subscription, CreateSubscriptionResponse response)
    {
        lock (Gate)
        {
            if (subscription.Phase != SubscriptionPhase.Absent)
            {
                return;
            }
            subscription.Id = response.SubscriptionId;
            subscription.Revised(
                response.RevisedPublishingIntervalMs,
                response.RevisedPublishingIntervalMs * Math.Max(response.RevisedKeepAliveCount, 1));
            subscription.BeginNumbers(Time.GetTimestamp());
            subscription.IsSuspect = false;
            subscription.Phase = SubscriptionPhase.Live;
        }
    }

    /// <summary>The server gave a subscription of an earlier session to this one. On the connection's event loop.</summary>
    /// <param name="kept">Messages that the server still keeps.</param>
    public void TakenOver(OpcUaSubscription subscription, uint[] kept)
    {
        lock (Gate)
        {
            if (subscription.Phase == SubscriptionPhase.Foreign)
            {
                subscription.Phase = SubscriptionPhase.Interrupted;
                subscription.Counters.Transferred++;
                subscription.Rejoin();
                foreach (uint number in kept)
                {
                    if (MessageNumbers.Compare(number, subscription.Expected) == SequenceOrder.Behind)
                    {
                        Acknowledge(subscription.Id, number);
                    }
                }
            }
        }
    }

    // Does what a subscription needs, until it needs nothing or a step fails.
    private async Task TendAsync(OpcUaSubscription subscription)
    {
        while (true)
        {
            SubscriptionPhase phase;
            lock (Gate)
            {
                if (!_isConnected || _stop.IsCancellationRequested || subscription.Phase == SubscriptionPhase.Closed)
                {
                    return;
                }
                phase = subscription.Phase;
                if (phase == SubscriptionPhase.Live && !NeedsCare(subscription))
                {
                    return;
                }
                if (phase != SubscriptionPhase.Live && subscription.RetryAt > Time.GetTimestamp())
                {
                    return;
                }
            }
            bool goesOn = phase switch
            {
                SubscriptionPhase.Absent => await MakeAsync(subscription).ConfigureAwait(false),
                SubscriptionPhase.Foreign => await TransferAsync(subscription).ConfigureAwait(false),
                SubscriptionPhase.Interrupted => await ResumeAsync(subscription).ConfigureAwait(false),
                _ => await CareAsync(subscription).ConfigureAwait(false),
            };
            if (!goesOn)
            {
                return;
            }
        }
    }

    private async Task<bool> TransferAsync(OpcUaSubscription subscription)
    {
        int epoch = Volatile.Read(ref _epoch);
        uint id = subscription.Id;
        StatusCode status = await _channel.CallAsync(new TransferExchange(this, subscription, id), _options.RequestTimeout, _stop.Token).ConfigureAwait(false);
        lock (Gate)
        {
            if (epoch != _epoch || subscription.Phase != SubscriptionPhase.Foreign || IsOfConnection(status))
            {
                return epoch == _epoch && !IsOfConnection(status);
            }
            if (status.Code.Value == StatusCodes.BadTimeout)
            {
                return Postpone(subscription);
            }
            Restart(subscription, $"the server did not hand the subscription over ({status})");
            return true;
        }
    }

    // Asks for what a lost connection swallowed: message by message, until the server has no further one.
    private async Task<bool> ResumeAsync(OpcUaSubscription subscription)
    {
        while (true)
        {
            (StatusCode status, bool isSame) = await RepublishAsync(subscription).ConfigureAwait(false);
            lock (Gate)
            {
                if (!isSame || subscription.Phase != SubscriptionPhase.Interrupted || IsOfConnection(status))
                {
                    return isSame && !IsOfConnection(status);
                }
                if (!status.IsBad)
                {
                    continue;
                }
                if (IsGone(status))
                {
                    Restart(subscription, $"the server no longer had the subscription ({status})");
                    return true;
                }
                if (status.Code.Value == StatusCodes.BadTimeout)
                {
                    return Postpone(subscription);
                }
                subscription.Counters.Resumed++;
                subscription.Heard(Time.GetTimestamp());
                subscription.Phase = SubscriptionPhase.Live;
                subscription.ItemsDueAt = subscription.LacksItems ? Time.GetTimestamp() : long.MaxValue;
                subscription.Become(SubscriptionState.Live);
                return true;
            }
        }
    }

    // No answer in time: it is asked again later. Under the gate.
    private bool Postpone(OpcUaSubscription subscription)
    {
        subscription.RetryAt = Time.GetTimestamp() + Ticks(_options.RetryAfter);
        return false;
    }

    // The server has lost it, or it is given up: what happened since the last message is not known. Under the gate.
    private void Restart(OpcUaSubscription subscription, string reason)
    {
        Forget(subscription);
        subscription.Counters.Recreated++;
        subscription.Become(SubscriptionState.Starting, reason);
        subscription.Lose(-1, reason);
    }

    // The status of asking, and whether connection and subscription are still those that were asked about.
    private async Task<(StatusCode Status, bool IsSame)> RepublishAsync(OpcUaSubscription subscription)
    {
        int epoch;
        uint id;
        uint number;
        lock (Gate)
        {
            epoch = _epoch;
            id = subscription.Id;
            number = subscription.Expected;
        }
        var exchange = new RepublishExchange(this, subscription, id, number);
        StatusCode status = await _channel.CallAsync(exchange, _options.RequestTimeout, _stop.Token).ConfigureAwait(false);
        lock (Gate)
        {
            return (status, epoch == _epoch && subscription.Id == id);
        }
    }

    private static bool IsGone(StatusCode status) => status.Code.Value is StatusCodes.BadSubscriptionIdInvalid or StatusCodes.BadNoSubscription;

    // No answer came: whether the server did what it was asked for is not known, and the connection will be looked after by its owner.
    private static bool IsOfConnection(StatusCode status) => status.Code.Value is StatusCodes.BadConnectionClosed or StatusCodes.BadNotConnected
        or StatusCodes.BadSecureChannelClosed or StatusCodes.BadSecureChannelIdInvalid or StatusCodes.BadSessionIdInvalid or StatusCodes.BadSessionClosed
        or StatusCodes.BadSessionNotActivated or StatusCodes.BadRequestCancelledByClient;
}
