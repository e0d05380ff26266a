using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

public sealed partial class OpcUaSubscription
{
    /// <summary>The handle of the server's clock, which is no item of the owner's. Not the highest number, which some servers take for "none".</summary>
    internal const uint ClockHandle = int.MaxValue;

    // A server that sends ahead of a gap faster than the gap can be closed must not fill our memory.
    private const int ParkedMessagesMax = 256;

    private readonly List<ParkedMessage> _parked = [];
    private uint _expected = MessageNumbers.First;
    private DateTime _publishedAt;
    private long _lastHeard;
    private long _lastClock;

    /// <summary>Messages before the parked ones, or before a keep-alive's number, are missing.</summary>
    internal bool HasGap { get; private set; }

    /// <summary>The number of the message that must come next.</summary>
    internal uint Expected => _expected;

    internal bool IsClockWatched { get; set; }

    /// <summary>Messages that the server said it still keeps; null when it named none.</summary>
    internal uint[]? Kept { get; private set; }

    /// <summary>Takes a message of this subscription as it came, where it lies. Under the gate.</summary>
    internal void Receive(ReadOnlySpan<byte> response, in PublishResponse read, long now)
    {
        _lastHeard = now;
        if (_state == SubscriptionState.Silent)
        {
            _engine.Wake();
        }
        NotificationMessage message = read.Message;
        SequenceOrder order = MessageNumbers.Compare(message.SequenceNumber, _expected);
        if (message.IsKeepAlive)
        {
            Counters.KeepAlives++;
            // A keep-alive names the number that the next message will have (OPC 10000-4 §5.14.1.2).
            if (order == SequenceOrder.Ahead && !HasGap)
            {
                BeginGap(read, message.SequenceNumber);
            }
            _sink.OnMessage(message.PublishedAt);
            _sink.OnMessageEnd(!HasGap && !read.HasMore && Phase == SubscriptionPhase.Live);
            return;
        }
        if (order == SequenceOrder.Behind)
        {
            if (message.PublishedAt <= _publishedAt)
            {
                Counters.Repeated++;
                _engine.Acknowledge(Id, message.SequenceNumber);
                return;
            }
            // News with an old number: the server counts anew, and dropping them would lose them.
            Counters.Renumbered++;
            GiveUpGap(now);
            _expected = message.SequenceNumber;
            order = SequenceOrder.Expected;
        }
        if (order == SequenceOrder.Expected && !HasGap)
        {
            Deliver(message, now, !read.HasMore && Phase == SubscriptionPhase.Live);
            return;
        }
        if (!HasGap)
        {
            BeginGap(read, message.SequenceNumber);
        }
        Park(message.SequenceNumber, response, now);
    }

    /// <summary>Takes a message that was asked for once more; false when it is not the expected one. Under the gate.</summary>
    internal bool ReceiveAgain(NotificationMessage message, long now)
    {
        if (message.SequenceNumber != _expected || message.IsKeepAlive)
        {
            return false;
        }
        _lastHeard = now;
        Counters.Recovered++;
        Deliver(message, now, isPresent: false);
        Unpark(now);
        return true;
    }

    /// <summary>Gives up the expected message, which cannot be had again. Under the gate.</summary>
    internal void PassOver(long now)
    {
        Lose(1, "the server no longer had a message that was lost on the way");
        _expected = MessageNumbers.After(_expected);
        Unpark(now);
    }

    /// <summary>Begins to count messages of a subscription that was just made. Under the gate.</summary>
    internal void BeginNumbers(long now)
    {
        _expected = MessageNumbers.First;
        _publishedAt = default;
        _parked.Clear();
        HasGap = false;
        Kept = null;
        Heard(now);
        Rejoin();
    }

    /// <summary>The values that come next may repeat older ones: they come from a new start, not from a change. Under the gate.</summary>
    internal void Rejoin()
    {
        foreach (ref MonitoredItemState state in States.AsSpan())
        {
            state.IsRejoining = true;
        }
    }

    /// <summary>The server was heard just now, whatever it said.</summary>
    internal void Heard(long now)
    {
        _lastHeard = now;
        _lastClock = now;
    }

    internal bool IsOverdue(long now) => now > OverdueAt;

    /// <summary>When the subscription will count as silent if nothing comes, as a timestamp.</summary>
    internal long OverdueAt
    {
        get
        {
            long silence = _engine.Ticks(SilenceAfter);
            long heard = Volatile.Read(ref _lastHeard) + silence;
            // The clock is sampled once in a keep-alive time, so two of them may pass between its changes.
            return IsClockWatched ? Math.Min(heard, Volatile.Read(ref _lastClock) + 2 * silence) : heard;
        }
    }

    private void Deliver(NotificationMessage message, long now, bool isPresent)
    {
        Counters.Messages++;
        _publishedAt = message.PublishedAt;
        _expected = MessageNumbers.After(message.SequenceNumber);
        _engine.Acknowledge(Id, message.SequenceNumber);
        _sink.OnMessage(message.PublishedAt);
        DataChanges changes = message.Changes;
        while (changes.TryNext(out uint handle, out DataValue value))
        {
            if (handle < (uint)_items.Length)
            {
                Take((int)handle, value);
            }
            else if (handle == ClockHandle)
            {
                _lastClock = now;
            }
            else
            {
                Counters.Unknown++;
            }
        }
        _sink.OnMessageEnd(isPresent);
        Counters.Unknown += changes.Unknown;
        if (changes.Fault != UaFault.None)
        {
            Counters.Broken++;
            Lose(1, $"a message could not be read to its end ({changes.Fault})");
        }
        if (changes.StatusChange is { } status && (status.IsBad || status.Value == StatusCodes.GoodSubscriptionTransferred))
        {
            _engine.Ended(this, status);
        }
    }

    private void Take(int item, in DataValue value)
    {
        ref MonitoredItemState state = ref States[item];
        long ticks = value.SourceTimestamp.Ticks;
        if (state.IsRejoining)
        {
            state.IsRejoining = false;
            if (ticks != 0 && ticks < state.LastSourceTicks)
            {
                Counters.Older++;
                return;
            }
        }
        if (ticks != 0)
        {
            state.LastSourceTicks = ticks;
        }
        Counters.Values++;
        if (value.Status.HasOverflow)
        {
            Counters.Overflows++;
        }
        _sink.OnValue(item, value);
    }

    private void BeginGap(in PublishResponse read, uint next)
    {
        HasGap = true;
        Kept = read.AvailableSequenceNumbers.Count == 0 ? null : read.AvailableSequenceNumbers.ToArray();
        GapEnd = next;
        _engine.Wake();
    }

    /// <summary>The number before which messages are missing, as long as there is a gap.</summary>
    internal uint GapEnd { get; private set; }

    private void Park(uint number, ReadOnlySpan<byte> response, long now)
    {
        if (_parked.Count >= ParkedMessagesMax)
        {
            GiveUpGap(now);
        }
        if (!HasGap && number == _expected)
        {
            DeliverParked(response, now);
            return;
        }
        _parked.Add(new ParkedMessage(number, response.ToArray()));
    }

    // Delivers what waited, as far as it follows without a further gap.
    private void Unpark(long now)
    {
        int taken = 0;
        while (taken < _parked.Count && Phase != SubscriptionPhase.Absent)
        {
            SequenceOrder order = MessageNumbers.Compare(_parked[taken].SequenceNumber, _expected);
            if (order == SequenceOrder.Ahead)
            {
                break;
            }
            if (order == SequenceOrder.Expected)
            {
                DeliverParked(_parked[taken].Response, now);
            }
            taken++;
        }
        _parked.RemoveRange(0, Math.Min(taken, _parked.Count));
        GapEnd = _parked.Count > 0 ? _parked[0].SequenceNumber : GapEnd;
        if (MessageNumbers.Compare(GapEnd, _expected) != SequenceOrder.Ahead)
        {
            HasGap = false;
            Kept = null;
        }
    }

    // Gives up what is missing rather than what is at hand.
    private void GiveUpGap(long now)
    {
        while (HasGap && Phase != SubscriptionPhase.Absent)
        {
            Lose((int)Math.Min(MessageNumbers.Distance(_expected, GapEnd), int.MaxValue), "a gap could not be closed in time");
            _expected = GapEnd;
            Unpark(now);
        }
    }

    private void DeliverParked(ReadOnlySpan<byte> response, long now)
    {
        // It was read when it came, so it can be read again.
        PublishResponse.TryRead(response, out PublishResponse read);
        Deliver(read.Message, now, isPresent: false);
    }
}
