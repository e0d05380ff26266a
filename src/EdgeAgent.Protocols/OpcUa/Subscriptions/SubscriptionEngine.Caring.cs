namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

internal sealed partial class SubscriptionEngine
{
    private static readonly Task<bool> s_done = Task.FromResult(true);

    // A live subscription needs something: a gap is open, it is silent or doubted, or refused items are due again. Under the gate.
    private bool NeedsCare(OpcUaSubscription subscription)
    {
        long now = Time.GetTimestamp();
        bool isOverdue = subscription.IsOverdue(now);
        bool isDoubtful = subscription.State == SubscriptionState.Silent ? !isOverdue || subscription.ChanceEndsAt <= now : isOverdue;
        return (subscription.HasGap && subscription.RetryAt <= now) || subscription.IsSuspect || isDoubtful || subscription.ItemsDueAt <= now;
    }

    private Task<bool> CareAsync(OpcUaSubscription subscription)
    {
        long now = Time.GetTimestamp();
        lock (Gate)
        {
            bool isOverdue = subscription.IsOverdue(now);
            if (subscription.State == SubscriptionState.Silent && !isOverdue)
            {
                subscription.Become(SubscriptionState.Live);
                return s_done;
            }
            bool isGivenUp = subscription.State == SubscriptionState.Silent && subscription.ChanceEndsAt <= now;
            if (subscription.HasGap && !isGivenUp)
            {
                return CloseGapAsync(subscription);
            }
            return subscription.IsSuspect || isOverdue ? ExamineAsync(subscription) : MakeItemsAsync(subscription);
        }
    }

    // One message of a gap: had again, or passed over.
    private async Task<bool> CloseGapAsync(OpcUaSubscription subscription)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        lock (Gate)
        {
            if (!subscription.HasGap)
            {
                return true;
            }
            // What the server says it does not keep need not be asked for.
            if (subscription.Kept is { } kept && Array.IndexOf(kept, subscription.Expected) < 0)
            {
                subscription.PassOver(Time.GetTimestamp());
                return true;
            }
        }
        (StatusCode status, bool isSame) = await RepublishAsync(subscription).ConfigureAwait(false);
        lock (Gate)
        {
            if (!isSame || IsOfConnection(status) || subscription.Phase != SubscriptionPhase.Live)
            {
                return isSame && !IsOfConnection(status);
            }
            if (IsGone(status))
            {
                Restart(subscription, $"the server no longer had the subscription ({status})");
            }
            else if (status.Code.Value == StatusCodes.BadTimeout)
            {
                return Postpone(subscription);
            }
            else if (status.IsBad && subscription.HasGap)
            {
                subscription.PassOver(Time.GetTimestamp());
            }
            return true;
        }
    }

    // The connection stands, but the server says nothing: asks about the subscription, gives a fresh Publish request one chance, and
    // makes the subscription anew when even that brings nothing.
    private async Task<bool> ExamineAsync(OpcUaSubscription subscription)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        bool isSecond;
        bool isSilent;
        lock (Gate)
        {
            isSilent = subscription.IsOverdue(Time.GetTimestamp());
            isSecond = subscription.State == SubscriptionState.Silent;
            subscription.IsSuspect = false;
            if (isSilent && !isSecond)
            {
                subscription.Counters.Silences++;
                subscription.Become(
                    SubscriptionState.Silent, $"the server is connected but has sent nothing for {subscription.SilenceAfter.TotalSeconds:0.#} s");
            }
        }
        if (isSecond)
        {
            return await ReplaceAsync(subscription).ConfigureAwait(false);
        }
        int connection = _channel.ConnectionNumber;
        (StatusCode status, bool isSame) = await RepublishAsync(subscription).ConfigureAwait(false);
        if (isSame && isSilent && status.Code.Value == StatusCodes.BadTimeout)
        {
            _channel.Distrust(connection, StatusCodes.BadTimeout, "the server stopped sending and did not answer when asked about a subscription");
            return false;
        }
        lock (Gate)
        {
            if (!isSame || subscription.Phase != SubscriptionPhase.Live || IsOfConnection(status))
            {
                return isSame && !IsOfConnection(status);
            }
            if (IsGone(status))
            {
                Restart(subscription, $"the server no longer had the subscription ({status})");
                return true;
            }
            if (!isSilent)
            {
                return true;
            }
            if (!status.IsBad)
            {
                subscription.Become(SubscriptionState.Live);
                return true;
            }
            RenewPublishing();
            subscription.ChanceEndsAt = Time.GetTimestamp() + Ticks(TimeSpan.FromMilliseconds(Math.Max(2 * subscription.RevisedPublishingIntervalMs, 500)));
            return false;
        }
    }

    private async Task<bool> ReplaceAsync(OpcUaSubscription subscription)
    {
        uint id = subscription.Id;
        lock (Gate)
        {
            Restart(subscription, "the server had it but sent nothing");
        }
        // Its messages are strangers from here on, whether or not the server still ends it.
        await _channel.CallAsync(new DeleteSubscriptionsExchange(id), _options.RequestTimeout, _stop.Token).ConfigureAwait(false);
        return true;
    }
}
