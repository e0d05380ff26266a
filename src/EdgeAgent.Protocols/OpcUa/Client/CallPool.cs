namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>Calls that are not in use. It grows to the most that were ever outstanding at once.</summary>
internal sealed class CallPool
{
    private readonly Lock _gate = new();
    private PendingCall? _free;

    public PendingCall Rent()
    {
        lock (_gate)
        {
            if (_free is { } call)
            {
                _free = call.Next;
                call.Next = null;
                return call;
            }
        }
        return new PendingCall(this);
    }

    public void Return(PendingCall call)
    {
        lock (_gate)
        {
            call.Next = _free;
            _free = call;
        }
    }
}
