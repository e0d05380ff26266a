using EdgeAgent.Collector.Drivers.OpcUa.Addresses;
using EdgeAgent.Collector.Drivers.OpcUa.History;
using EdgeAgent.Collector.Drivers.OpcUa.Values;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Subscriptions;

namespace EdgeAgent.Collector.Drivers.OpcUa.Subscribing;

/// <summary>Turns what one subscription brings into readings, and notes which time it did not cover.</summary>
/// <remarks>
/// After a time without a sign of life every tag must be told once: with the first message behind which nothing older is
/// outstanding, the last value of each tag that did not come by itself is given again, as of that message's time. Where messages were lost,
/// or the server made its items anew, that it did not come does not show that it did not change: then it is given as uncertain.
/// </remarks>
internal sealed class SubscriptionFeed(OpcUaTag[] tags, NodeLookup lookup, Arrivals arrivals, GapFilling? filling, int[] devices, TimeProvider time) : ISubscriptionSink
{
    private readonly DataValue[] _last = new DataValue[tags.Length];
    private readonly bool[] _isTold = new bool[tags.Length];
    private readonly long[] _gapFrom = new long[tags.Length];
    private ReadingBatch _readings = new();
    private DateTime _publishedAt;
    private bool _isLive;
    private int _messagesToConfirm = 1;
    private bool _hasGap;

    public ValueTask<StatusCode> ResolveAsync(Memory<NodeResolution> nodes, CancellationToken cancellation) => lookup.ResolveAsync(tags, nodes, cancellation);

    public void OnItem(int item, StatusCode status, double revisedSamplingIntervalMs, uint revisedQueueSize)
    {
        if (status.IsBad)
        {
            Take(item, new DataValue(default, status, time.GetUtcNow().UtcDateTime));
            arrivals.Post(ref _readings);
        }
    }

    public void OnMessage(DateTime publishedAt) => _publishedAt = publishedAt;

    public void OnValue(int item, in DataValue value) => Take(item, value);

    public void OnMessageEnd(bool isPresent)
    {
        if (_messagesToConfirm > 0 && _isLive && isPresent && --_messagesToConfirm == 0)
        {
            Confirm();
        }
        if (_readings.Count > 0)
        {
            arrivals.Post(ref _readings);
        }
    }

    public void OnState(SubscriptionState state, string? reason)
    {
        bool isLive = state == SubscriptionState.Live;
        if (_isLive && !isLive)
        {
            Array.Clear(_isTold);
            _messagesToConfirm = 1;
        }
        _isLive = isLive;
        if (state == SubscriptionState.Closed)
        {
            return;
        }
        foreach (int device in devices)
        {
            arrivals.Tell(new PushOutcome(PushKind.Live, device, isLive ? null : reason));
        }
    }

    public void OnLoss(int messages, string reason)
    {
        for (int i = 0; i < tags.Length; i++)
        {
            if (_gapFrom[i] == 0 && _last[i].SourceTimestamp != default)
            {
                _gapFrom[i] = ValueConversion.TicksOf(_last[i].SourceTimestamp);
            }
        }
        _hasGap = true;
        Array.Clear(_isTold);
        // A server that makes items anew may sample some of them only behind its first message.
        _messagesToConfirm = messages < 0 ? 2 : 1;
        arrivals.Tell(new PushOutcome(PushKind.Live, -1, $"values may have been lost: {reason}", Math.Max(messages, 0)));
    }

    private void Take(int item, in DataValue value)
    {
        _last[item] = value;
        _isTold[item] = true;
        ValueConversion.Add(_readings, tags[item], value, UnixTicksOf(_publishedAt));
    }

    private void Confirm()
    {
        for (int i = 0; i < tags.Length; i++)
        {
            if (!_isTold[i] && (_last[i].SourceTimestamp != default || _last[i].Status.Value != 0 || !_last[i].Value.IsNull))
            {
                DateTime instant = _publishedAt > _last[i].SourceTimestamp ? _publishedAt : _last[i].SourceTimestamp;
                StatusCode status = _hasGap && _last[i].Status.IsGood ? new StatusCode(Quality.UncertainLastUsableValue.Code) : _last[i].Status;
                ValueConversion.Add(_readings, tags[i], _last[i] with { SourceTimestamp = instant, Status = status }, UnixTicksOf(instant));
            }
            _isTold[i] = true;
        }
        if (_hasGap)
        {
            _hasGap = false;
            filling?.Begin(tags, [.. _gapFrom], UnixTicksOf(_publishedAt));
            Array.Clear(_gapFrom);
        }
    }

    private long UnixTicksOf(DateTime instant) => instant == default ? UnixTicks.Now(time) : ValueConversion.TicksOf(instant);
}
