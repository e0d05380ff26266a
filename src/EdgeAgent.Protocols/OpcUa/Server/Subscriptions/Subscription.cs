using System.Runtime.InteropServices;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>A subscription (OPC 10000-4 §5.13.1): at each publishing interval it sends what its items have queued, or that it is alive.</summary>
internal sealed class Subscription : IDisposable
{
    private readonly ServerCore _core;
    private readonly Dictionary<uint, MonitoredItem> _items = [];
    private readonly Dictionary<double, SamplingGroup> _groups = [];
    private readonly List<ItemValue> _values = [];
    private readonly Queue<KeptMessage> _kept = [];
    private readonly NotificationSender _sender;
    private List<MonitoredItem> _listed = [];
    private GridTimer _timer;
    private uint _lastItemId;
    private uint _lastSequenceNumber;
    private uint _cyclesWithoutMessage;
    private uint _cyclesWithoutPublish;
    private bool _hasSent;

    public Subscription(ServerCore core, uint id, ServerSession session, double publishingIntervalMs)
    {
        _core = core;
        Id = id;
        Session = session;
        Owner = session.User;
        PublishingIntervalMs = publishingIntervalMs;
        _sender = new NotificationSender(core);
        _timer = new GridTimer(core, TimeSpan.FromMilliseconds(publishingIntervalMs), _ => Publish());
    }

    public uint Id { get; }

    /// <summary>Whose client is told; null after its session has ended, until another one takes the subscription over.</summary>
    public ServerSession? Session { get; set; }

    /// <summary>The user who made it.</summary>
    public string? Owner { get; }

    public double PublishingIntervalMs { get; private set; }

    public uint LifetimeCount { get; set; }

    public uint KeepAliveCount { get; set; }

    public int NotificationsMax { get; set; }

    public bool IsEnabled { get; set; }

    public byte Priority { get; set; }

    public Dictionary<uint, MonitoredItem> Items => _items;

    /// <summary>Something should have been sent when no Publish request was there.</summary>
    public bool IsLate { get; private set; }

    public uint[] KeptSequenceNumbers => [.. _kept.Select(message => message.SequenceNumber)];

    public uint NextItemId() => ++_lastItemId;

    public void SetPublishingInterval(double intervalMs)
    {
        if (intervalMs != PublishingIntervalMs)
        {
            PublishingIntervalMs = intervalMs;
            _timer.Dispose();
            _timer = new GridTimer(_core, TimeSpan.FromMilliseconds(intervalMs), _ => Publish());
        }
    }

    /// <summary>The client has sent something that concerns the subscription.</summary>
    public void Touch() => _cyclesWithoutPublish = 0;

    /// <summary>Samples an item at its interval from now on.</summary>
    public void Schedule(MonitoredItem item, double intervalMs)
    {
        item.SamplingIntervalMs = intervalMs;
        if (!_groups.TryGetValue(intervalMs, out SamplingGroup? group))
        {
            _groups.Add(intervalMs, group = new SamplingGroup(this, _core, intervalMs));
        }
        group.Add(item);
    }

    /// <summary>Notes that an item may have something to report.</summary>
    public void List(MonitoredItem item)
    {
        if (item.Queued > 0 && !item.IsListed)
        {
            item.IsListed = true;
            _listed.Add(item);
        }
    }

    /// <summary>Forgets a message that the client has; unknown ones are told.</summary>
    public StatusCode Acknowledge(uint sequenceNumber)
    {
        int count = _kept.Count;
        for (int i = 0; i < count; i++)
        {
            KeptMessage message = _kept.Dequeue();
            if (message.SequenceNumber != sequenceNumber)
            {
                _kept.Enqueue(message);
            }
        }
        return _kept.Count < count ? StatusCodes.Good : StatusCodes.BadSequenceNumberUnknown;
    }

    public KeptMessage? FindKept(uint sequenceNumber) => _kept.FirstOrDefault(message => message.SequenceNumber == sequenceNumber);

    /// <summary>A Publish request has come: what should have been sent before is sent now.</summary>
    public void CatchUp()
    {
        if (IsLate)
        {
            Send();
        }
    }

    /// <summary>Another session's client gets the messages from now on.</summary>
    public void MoveTo(ServerSession session, bool sendsInitialValues)
    {
        Session?.Subscriptions.Remove(this);
        Session = session;
        session.Subscriptions.Add(this);
        Touch();
        if (sendsInitialValues)
        {
            DateTime now = _core.UtcNow;
            foreach (MonitoredItem item in _items.Values)
            {
                item.Repeat(now);
                List(item);
            }
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        foreach (SamplingGroup group in _groups.Values)
        {
            group.Dispose();
        }
    }

    private bool HasValues => IsEnabled && _listed.Count > 0;

    private void Publish()
    {
        if (_core.Faults.SilentSubscriptions)
        {
            return;
        }
        // What is sampled at the instant of publishing goes with it, whichever timer is first.
        foreach (SamplingGroup group in _groups.Values)
        {
            group.CatchUp();
        }
        _cyclesWithoutMessage++;
        // The first cycle always ends with a message, so that the client knows that it works.
        if (IsLate || HasValues || !_hasSent || _cyclesWithoutMessage >= KeepAliveCount)
        {
            Send();
        }
        if (IsLate && ++_cyclesWithoutPublish > LifetimeCount)
        {
            _core.Sessions.Delete(this);
        }
    }

    private void Send()
    {
        IsLate = true;
        while (IsLate && !_core.Faults.SilentSubscriptions && _sender.TryTake(Session, out WaitingPublish? publish))
        {
            Touch();
            _hasSent = true;
            _cyclesWithoutMessage = 0;
            IsLate = false;
            if (!HasValues)
            {
                _sender.SendKeepAlive(publish, Id, KeptSequenceNumbers, NextSequenceNumber());
                return;
            }
            TakeValues();
            IsLate = _listed.Count > 0;
            _lastSequenceNumber = NextSequenceNumber();
            if (_kept.Count >= _core.Limits.RetransmissionQueueMax)
            {
                _kept.Dequeue();
            }
            _kept.Enqueue(_sender.Send(publish, Id, KeptSequenceNumbers, IsLate, _lastSequenceNumber, CollectionsMarshal.AsSpan(_values)));
        }
    }

    private void TakeValues()
    {
        _values.Clear();
        List<MonitoredItem> left = [];
        foreach (MonitoredItem item in _listed)
        {
            while (item.IsReporting && item.Queued > 0 && _values.Count < NotificationsMax)
            {
                _values.Add(new ItemValue(item.ClientHandle, item.Dequeue()));
            }
            item.IsListed = item.IsReporting && item.Queued > 0;
            if (item.IsListed)
            {
                left.Add(item);
            }
        }
        _listed = left;
    }

    // 0 is never a number of a message (§7.25).
    private uint NextSequenceNumber() => _lastSequenceNumber == uint.MaxValue ? 1 : _lastSequenceNumber + 1;
}
