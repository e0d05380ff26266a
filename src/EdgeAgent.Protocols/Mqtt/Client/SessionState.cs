namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>The QoS 2 messages that were handled and not yet released by the broker; they must not be handled again.</summary>
internal sealed class SessionState
{
    private readonly Lock _gate = new();
    private readonly HashSet<ushort> _handled = [];

    /// <summary>Counts the sessions, so that a handler which outlives its session does not mark an id of the next one.</summary>
    public int Generation { get; private set; }

    public void Begin()
    {
        lock (_gate)
        {
            Generation++;
            _handled.Clear();
        }
    }

    public bool IsHandled(ushort packetId)
    {
        lock (_gate)
        {
            return _handled.Contains(packetId);
        }
    }

    public void MarkHandled(ushort packetId, int generation)
    {
        lock (_gate)
        {
            if (generation == Generation)
            {
                _handled.Add(packetId);
            }
        }
    }

    public bool Release(ushort packetId)
    {
        lock (_gate)
        {
            return _handled.Remove(packetId);
        }
    }
}
