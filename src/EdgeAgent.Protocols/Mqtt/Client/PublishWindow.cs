using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>
/// The publishes on their way: those in flight by packet id, and those that wait for a place, in order. Outlives
/// connections, because QoS 2 messages go on after a reconnect with the same session. All members marked "gate" are
/// called with <see cref="Gate"/> held.
/// </summary>
internal sealed class PublishWindow
{
    private readonly PublishOperation?[] _slots;
    private readonly ushort[] _freeIds;
    private readonly CompletionQueue _completions;
    private int _freeHead;
    private int _freeCount;
    private PublishOperation? _firstWaiting;
    private PublishOperation? _lastWaiting;
    private PublishOperation? _pool;

    public PublishWindow(int inFlightMax)
    {
        _slots = new PublishOperation?[inFlightMax + 1];
        _freeIds = new ushort[inFlightMax];
        _freeCount = inFlightMax;
        for (int i = 0; i < inFlightMax; i++)
        {
            _freeIds[i] = (ushort)(i + 1);
        }
        Limit = inFlightMax;
        _completions = new CompletionQueue(Gate);
    }

    public Lock Gate { get; } = new();

    /// <summary>What configuration and broker agree on (gate).</summary>
    public int Limit { get; set; }

    public int InFlight { get; private set; }

    public int Waiting { get; private set; }

    public bool HasPlace => InFlight < Limit && _freeCount > 0;

    public PublishOperation? FirstWaiting => _firstWaiting;

    public CompletionQueue Completions => _completions;

    public PublishOperation Rent(MqttQos qos)
    {
        PublishOperation operation = _pool ?? new PublishOperation(this);
        _pool = operation.Next;
        operation.Start(qos);
        return operation;
    }

    /// <summary>Takes a place and an id for the operation (gate). Ids go round, so that a late answer does not meet a new message.</summary>
    public void Enter(PublishOperation operation, long timestamp)
    {
        ushort id = _freeIds[_freeHead];
        _freeHead = (_freeHead + 1) % _freeIds.Length;
        _freeCount--;
        InFlight++;
        _slots[id] = operation;
        operation.PacketId = id;
        operation.SentTimestamp = timestamp;
    }

    /// <summary>The operation in flight with this id, or null (gate).</summary>
    public PublishOperation? Find(ushort packetId) => packetId < _slots.Length ? _slots[packetId] : null;

    /// <summary>Ends an operation in flight (gate); its caller is told by the completion queue.</summary>
    public void Leave(PublishOperation operation, MqttPublishResult result)
    {
        _slots[operation.PacketId] = null;
        _freeIds[(_freeHead + _freeCount) % _freeIds.Length] = operation.PacketId;
        _freeCount++;
        InFlight--;
        Finish(operation, result);
    }

    /// <summary>Hands the result to the caller unless it has cancelled (gate).</summary>
    public void Finish(PublishOperation operation, MqttPublishResult result)
    {
        if (operation.IsClaimed)
        {
            operation.Release();
            return;
        }
        operation.IsClaimed = true;
        operation.Result = result;
        _completions.Add(operation);
    }

    public void Wait(PublishOperation operation)
    {
        operation.IsWaiting = true;
        if (_lastWaiting == null)
        {
            _firstWaiting = operation;
        }
        else
        {
            _lastWaiting.Next = operation;
        }
        _lastWaiting = operation;
        Waiting++;
    }

    public PublishOperation TakeFirstWaiting()
    {
        PublishOperation operation = _firstWaiting!;
        _firstWaiting = operation.Next;
        _lastWaiting = _firstWaiting == null ? null : _lastWaiting;
        operation.Next = null;
        operation.IsWaiting = false;
        Waiting--;
        return operation;
    }

    /// <summary>Every operation in flight, in order of sending (gate); for resending and deadlines.</summary>
    public IEnumerable<PublishOperation> InFlightInOrder() =>
        _slots.OfType<PublishOperation>().OrderBy(o => o.SentTimestamp);

    /// <summary>When the oldest operation in flight was sent (gate).</summary>
    public long? OldestTimestamp()
    {
        long? oldest = null;
        foreach (PublishOperation? operation in InFlight == 0 ? [] : _slots)
        {
            if (operation != null && !(operation.SentTimestamp >= oldest))
            {
                oldest = operation.SentTimestamp;
            }
        }
        return oldest;
    }

    /// <summary>
    /// The connection went: callers learn it. QoS 2 messages that the broker may already hold stay when the session is
    /// to be resumed, because sending them anew could deliver them twice.
    /// </summary>
    public void ConnectionLost(bool keepQos2)
    {
        lock (Gate)
        {
            var lost = new MqttPublishResult(MqttPublishStatus.ConnectionLost, MqttReason.Success);
            while (_firstWaiting != null)
            {
                Finish(TakeFirstWaiting(), lost);
            }
            foreach (PublishOperation? operation in _slots)
            {
                if (operation != null && !(keepQos2 && operation.Qos == MqttQos.ExactlyOnce))
                {
                    Leave(operation, lost);
                }
            }
        }
        _completions.Run();
    }

    public void Cancel(PublishOperation operation, CancellationToken token)
    {
        bool wasWaiting;
        lock (Gate)
        {
            if (operation.IsClaimed)
            {
                return;
            }
            operation.IsClaimed = true;
            wasWaiting = operation.IsWaiting;
            if (wasWaiting)
            {
                Remove(operation);
            }
        }
        operation.DeliverCancellation(token);
        if (wasWaiting)
        {
            operation.Release();
        }
    }

    public void Recycle(PublishOperation operation)
    {
        lock (Gate)
        {
            operation.Next = _pool;
            _pool = operation;
        }
    }

    private void Remove(PublishOperation operation)
    {
        PublishOperation? before = null;
        for (PublishOperation at = _firstWaiting!; at != operation; at = at.Next!)
        {
            before = at;
        }
        if (before == null)
        {
            _firstWaiting = operation.Next;
        }
        else
        {
            before.Next = operation.Next;
        }
        _lastWaiting = _lastWaiting == operation ? before : _lastWaiting;
        operation.Next = null;
        operation.IsWaiting = false;
        Waiting--;
    }
}
