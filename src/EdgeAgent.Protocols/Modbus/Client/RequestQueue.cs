namespace EdgeAgent.Protocols.Modbus.Client;

/// <summary>Requests that wait for their turn, linked through themselves so that queueing allocates nothing.</summary>
internal sealed class RequestQueue
{
    private PendingRequest? _first;
    private PendingRequest? _last;

    public bool IsEmpty => _first is null;

    public void Enqueue(PendingRequest request)
    {
        request.Next = null;
        if (_last is null)
        {
            _first = request;
        }
        else
        {
            _last.Next = request;
        }

        _last = request;
    }

    public void PutFirst(PendingRequest request)
    {
        request.Next = _first;
        _first = request;
        _last ??= request;
    }

    public PendingRequest? Dequeue()
    {
        if (_first is not { } request)
        {
            return null;
        }

        _first = request.Next;
        if (_first is null)
        {
            _last = null;
        }

        request.Next = null;
        return request;
    }

    public bool Remove(PendingRequest request)
    {
        PendingRequest? previous = null;
        for (var current = _first; current is not null; previous = current, current = current.Next)
        {
            if (current != request)
            {
                continue;
            }

            if (previous is null)
            {
                _first = current.Next;
            }
            else
            {
                previous.Next = current.Next;
            }

            if (_last == current)
            {
                _last = previous;
            }

            current.Next = null;
            return true;
        }

        return false;
    }
}
