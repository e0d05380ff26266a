using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>SUBSCRIBE and UNSUBSCRIBE packets that wait for their answers. Guarded by the window's gate.</summary>
internal sealed class PendingRequests(MqttVersion version)
{
    private readonly Dictionary<ushort, (TaskCompletionSource<IReadOnlyList<MqttReason>> Source, long Sent)> _pending = [];
    private ushort _lastId = MqttLimits.InFlightMax;

    public int Count => _pending.Count;

    public long? OldestTimestamp => _pending.Count == 0 ? null : _pending.Values.Min(p => p.Sent);

    public Task<IReadOnlyList<MqttReason>> Subscribe(IReadOnlyList<MqttSubscription> subscriptions, PacketBuffer target, long timestamp)
    {
        ushort id = NextId();
        new SubscribePacket { PacketId = id, Subscriptions = subscriptions }.Write(target, version);
        return Add(id, timestamp);
    }

    public Task<IReadOnlyList<MqttReason>> Unsubscribe(IReadOnlyList<string> filters, PacketBuffer target, long timestamp)
    {
        ushort id = NextId();
        new UnsubscribePacket { PacketId = id, Filters = filters }.Write(target, version);
        return Add(id, timestamp);
    }

    public void Answer(SubAckPacket answer)
    {
        if (_pending.Remove(answer.PacketId, out var pending))
        {
            pending.Source.TrySetResult(answer.Reasons);
        }
    }

    public void FailAll(string text)
    {
        foreach (var pending in _pending.Values)
        {
            pending.Source.TrySetException(new MqttConnectionLostException(text));
        }
        _pending.Clear();
    }

    private Task<IReadOnlyList<MqttReason>> Add(ushort id, long timestamp)
    {
        var source = new TaskCompletionSource<IReadOnlyList<MqttReason>>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending.Add(id, (source, timestamp));
        return source.Task;
    }

    private ushort NextId()
    {
        do
        {
            _lastId = _lastId == ushort.MaxValue ? (ushort)(MqttLimits.InFlightMax + 1) : (ushort)(_lastId + 1);
        }
        while (_pending.ContainsKey(_lastId));
        return _lastId;
    }
}
