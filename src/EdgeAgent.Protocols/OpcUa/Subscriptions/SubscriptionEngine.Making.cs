using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;

namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

internal sealed partial class SubscriptionEngine
{
    // Server_ServerStatus_CurrentTime
    private static readonly NodeId s_clock = new(2258);

    private async Task<bool> MakeAsync(OpcUaSubscription subscription)
    {
        int epoch = Volatile.Read(ref _epoch);
        StatusCode status = await _channel.CallAsync(new CreateSubscriptionExchange(this, subscription), _options.RequestTimeout, _stop.Token).ConfigureAwait(false);
        lock (Gate)
        {
            if (epoch != _epoch || IsOfConnection(status))
            {
                return false;
            }
            if (status.IsBad)
            {
                subscription.Become(SubscriptionState.Refused, $"the server would not make the subscription ({status})");
                subscription.RetryAt = Time.GetTimestamp() + Ticks(_options.RetryAfter);
                return false;
            }
            foreach (ref MonitoredItemState item in subscription.States.AsSpan())
            {
                item.IsSettled = false;
                item.ServerId = 0;
            }
            subscription.IsClockWatched = false;
        }
        // The server answers while the items are made: for thousands of them that takes longer than a keep-alive time.
        StartPublishing();
        return await MakeItemsAsync(subscription).ConfigureAwait(false);
    }

    // Makes the items that the server does not have yet, in portions that it takes.
    private async Task<bool> MakeItemsAsync(OpcUaSubscription subscription)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        int epoch = Volatile.Read(ref _epoch);
        uint id = subscription.Id;
        var nodes = new NodeResolution[subscription.Items.Count];
        StatusCode resolved = await subscription.Sink.ResolveAsync(nodes, _stop.Token).ConfigureAwait(false);
        if (IsOfConnection(resolved) || epoch != Volatile.Read(ref _epoch))
        {
            return false;
        }
        if (resolved.IsBad)
        {
            Defer(subscription, $"the nodes could not be looked up ({resolved})");
            return false;
        }
        List<int> wanted = Wanted(subscription, nodes);
        int portion = Portion(subscription);
        for (int first = 0; first < wanted.Count;)
        {
            int count = Math.Min(portion, wanted.Count - first);
            (StatusCode status, bool isSame) = await MakePortionAsync(subscription, id, wanted.GetRange(first, count), nodes).ConfigureAwait(false);
            if (!isSame || epoch != Volatile.Read(ref _epoch) || IsOfConnection(status))
            {
                return false;
            }
            if (status.Code.Value is StatusCodes.BadTooManyOperations or StatusCodes.BadRequestTooLarge or StatusCodes.BadResponseTooLarge && count > 1)
            {
                portion = Math.Max(1, count / 2);
                continue;
            }
            if (IsGone(status))
            {
                lock (Gate)
                {
                    Restart(subscription, $"the server no longer had the subscription ({status})");
                }
                return true;
            }
            if (status.IsBad)
            {
                Defer(subscription, $"the server would not take items ({status})");
                return false;
            }
            first += count;
        }
        return Settled(subscription);
    }

    private void Defer(OpcUaSubscription subscription, string reason)
    {
        lock (Gate)
        {
            subscription.RetryAt = Time.GetTimestamp() + Ticks(_options.RetryAfter);
            subscription.ItemsDueAt = subscription.RetryAt;
            subscription.Become(SubscriptionState.Refused, reason);
        }
    }

    private bool Settled(OpcUaSubscription subscription)
    {
        lock (Gate)
        {
            subscription.ItemsDueAt = subscription.LacksItems
                ? Time.GetTimestamp() + Ticks(TimeSpan.FromMilliseconds(subscription.Options.RefusedItemRetryMs)) : long.MaxValue;
            if (subscription.Phase == SubscriptionPhase.Live)
            {
                subscription.Become(SubscriptionState.Live);
            }
            return true;
        }
    }

    // The items to make; for those without a node the result is known already. The clock is item -1.
    private List<int> Wanted(OpcUaSubscription subscription, NodeResolution[] nodes)
    {
        var wanted = new List<int>(nodes.Length + 1);
        lock (Gate)
        {
            if (subscription.Options.WatchesServerTime && !subscription.IsClockWatched)
            {
                wanted.Add(-1);
            }
            for (int i = 0; i < nodes.Length; i++)
            {
                ref MonitoredItemState state = ref subscription.States[i];
                if (state.ServerId != 0)
                {
                    continue;
                }
                if (nodes[i].Status.IsBad)
                {
                    Settle(subscription, i, new MonitoredItemCreationResult(nodes[i].Status, 0, 0, 0));
                }
                else
                {
                    wanted.Add(i);
                }
            }
        }
        return wanted;
    }

    private int Portion(OpcUaSubscription subscription)
    {
        uint limit = _options.ItemsPerCallLimit();
        return (int)Math.Clamp(limit == 0 ? long.MaxValue : limit, 1, Math.Max(subscription.Options.ItemsPerCallMax, 1));
    }

    private async Task<(StatusCode Status, bool IsSame)> MakePortionAsync(OpcUaSubscription subscription, uint id, List<int> items, NodeResolution[] nodes)
    {
        var exchange = new CreateItemsExchange(id, [.. items.Select(item => Creation(subscription, item, nodes))]);
        StatusCode status = await _channel.CallAsync(exchange, _options.RequestTimeout, _stop.Token).ConfigureAwait(false);
        var again = new List<int>();
        lock (Gate)
        {
            if (subscription.Id != id || status.IsBad)
            {
                return (status, subscription.Id == id);
            }
            for (int i = 0; i < items.Count; i++)
            {
                MonitoredItemCreationResult result = exchange.Results[i];
                if (items[i] < 0)
                {
                    subscription.IsClockWatched = !result.Status.IsBad;
                    subscription.Heard(Time.GetTimestamp());
                }
                else if (IsAboutFilter(result.Status) && !subscription.States[items[i]].IsWithoutFilter)
                {
                    subscription.States[items[i]].IsWithoutFilter = true;
                    again.Add(items[i]);
                }
                else
                {
                    Settle(subscription, items[i], result);
                }
            }
        }
        // Better every change than none, for a server that does not know the filter.
        return again.Count == 0 ? (status, true) : await MakePortionAsync(subscription, id, again, nodes).ConfigureAwait(false);
    }

    private static MonitoredItemCreation Creation(OpcUaSubscription subscription, int item, NodeResolution[] nodes)
    {
        if (item < 0)
        {
            return new MonitoredItemCreation(
                new ReadTarget(s_clock, ReadTarget.ValueAttribute), MonitoringMode.Reporting,
                new MonitoringParameters(OpcUaSubscription.ClockHandle, subscription.Options.KeepAliveMs, null, 1, true));
        }
        MonitoredItemOptions options = subscription.Items[item];
        DataChangeFilter? filter = subscription.States[item].IsWithoutFilter ? null : options.Filter;
        return new MonitoredItemCreation(
            new ReadTarget(nodes[item].NodeId, ReadTarget.ValueAttribute, options.IndexRange), MonitoringMode.Reporting,
            new MonitoringParameters((uint)item, options.SamplingIntervalMs, filter, options.QueueSize, options.DiscardsOldest));
    }

    // Under the gate.
    private static void Settle(OpcUaSubscription subscription, int item, MonitoredItemCreationResult result)
    {
        ref MonitoredItemState state = ref subscription.States[item];
        bool isNews = !state.IsSettled || state.Status != result.Status;
        state.IsSettled = true;
        state.Status = result.Status;
        state.ServerId = result.Status.IsBad ? 0 : result.ItemId;
        if (isNews)
        {
            subscription.Sink.OnItem(item, result.Status, result.RevisedSamplingIntervalMs, result.RevisedQueueSize);
        }
    }

    private static bool IsAboutFilter(StatusCode status) => status.Code.Value is StatusCodes.BadMonitoredItemFilterUnsupported
        or StatusCodes.BadMonitoredItemFilterInvalid or StatusCodes.BadFilterNotAllowed or StatusCodes.BadDeadbandFilterInvalid;
}
