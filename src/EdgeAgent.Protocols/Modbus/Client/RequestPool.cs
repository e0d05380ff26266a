namespace EdgeAgent.Protocols.Modbus.Client;

/// <summary>Requests that are not in use. It grows to the most that callers ever had open at once.</summary>
internal sealed class RequestPool
{
    private readonly Lock _gate = new();
    private PendingRequest? _free;

    public PendingRequest Rent()
    {
        lock (_gate)
        {
            if (_free is { } request)
            {
                _free = request.Next;
                request.Next = null;
                return request;
            }
        }

        return new PendingRequest(this);
    }

    public void Return(PendingRequest request)
    {
        lock (_gate)
        {
            request.Next = _free;
            _free = request;
        }
    }
}
