namespace EdgeAgent.Web.Plant.Live;

/// <summary>One open event stream: what waits to be written to it, within a bound.</summary>
/// <remarks>The pump puts in, the connection takes out. Where a connection is too slow for what happens, what waits is thrown away and the
/// client gets the newest state instead, so that it is late and never wrong, and costs bounded memory.</remarks>
/// <param name="isAnonymous">Whether it has no login, so that it hears no addresses.</param>
internal sealed class LiveClient(LiveTopics topics, bool isAnonymous)
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _signal = new(0, 1);
    private List<ReadOnlyMemory<byte>> _waiting = [];
    private long _waitingBytes;

    /// <summary>Bytes that may wait: a full state of 10,000 tags and some.</summary>
    public const long WaitingBytesMax = 4 << 20;

    public LiveTopics Topics => topics;

    public bool IsAnonymous => isAnonymous;

    /// <summary>Whether the next thing to be sent is the whole state.</summary>
    public bool NeedsState { get; private set; } = true;

    /// <summary>Times that the client was too slow.</summary>
    public int Overruns { get; private set; }

    /// <summary>Whether something is being written or waits to be; a client that is behind gets the whole state when it has caught up.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>The whole state follows now.</summary>
    public void BeginState() => NeedsState = false;

    public void Put(ReadOnlyMemory<byte> message)
    {
        lock (_gate)
        {
            if (_waitingBytes + message.Length > WaitingBytesMax && _waitingBytes > 0)
            {
                _waiting.Clear();
                _waitingBytes = 0;
                NeedsState = true;
                Overruns++;
                return;
            }

            IsBusy = true;
            _waiting.Add(message);
            _waitingBytes += message.Length;
            if (_signal.CurrentCount == 0)
            {
                _signal.Release();
            }
        }
    }

    /// <summary>What was taken is written.</summary>
    public void Written()
    {
        lock (_gate)
        {
            IsBusy = _waiting.Count > 0;
        }
    }

    /// <summary>Waits until there is something and takes all of it.</summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> TakeAsync(CancellationToken cancellation)
    {
        await _signal.WaitAsync(cancellation);
        lock (_gate)
        {
            List<ReadOnlyMemory<byte>> taken = _waiting;
            _waiting = [];
            _waitingBytes = 0;
            return taken;
        }
    }
}
