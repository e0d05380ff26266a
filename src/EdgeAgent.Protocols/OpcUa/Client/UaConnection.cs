using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Channels;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Transport;

namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>One connection from its opened channel to its end: an event loop that receives, a sender that is whichever thread has
/// something to send, and one timer for all deadlines.</summary>
/// <remarks>
/// What is shared is behind one gate, which is never held across a send, a receive or the reading of a response. Received
/// chunks are opened by the event loop alone; keys change under the gate, since senders use them too.
/// </remarks>
internal sealed partial class UaConnection
{
    /// <summary>More outstanding calls than this are refused: somebody asks faster than the server answers.</summary>
    public const int OutstandingCallsMax = 1000;

    private readonly Lock _gate = new();
    private readonly UaLink _link;
    private readonly SecureChannel _channel;
    private readonly ClientHandshake _handshake;
    private readonly AgreedLimits _limits;
    private readonly ConnectionTiming _timing;
    private readonly TimeProvider _time;
    private readonly ConnectionCounters _counters;
    private readonly CallPool _pool;
    private readonly IServiceTrace? _trace;
    private readonly Dictionary<uint, PendingCall> _calls = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private uint _lastRequestId;
    private bool _closed;

    /// <param name="opened">What the opening left: link, buffer, channel and limits; the connection owns them from here on.</param>
    public UaConnection(OpenedChannel opened, ConnectionTiming timing, TimeProvider time, ConnectionCounters counters, CallPool pool, IServiceTrace? trace = null)
    {
        _link = opened.Link;
        _buffer = opened.Buffer;
        _channel = opened.Channel;
        _handshake = opened.Handshake;
        _limits = opened.Limits;
        _lastRequestId = opened.LastRequestId;
        _timing = timing;
        _time = time;
        _counters = counters;
        _pool = pool;
        _trace = trace;
        _lastHeard = time.GetTimestamp();
        _timer = time.CreateTimer(static state => ((UaConnection)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The session's secret name, put into every request from the moment it is set.</summary>
    public NodeId AuthenticationToken { get; set; }

    public Security.SecurityPolicy Policy => _channel.Policy;

    public bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>Ends when nothing of the connection runs any more.</summary>
    public Task Completion => _ended.Task;

    /// <summary>Why it ended; Good while it stands.</summary>
    public StatusCode EndStatus { get; private set; }

    /// <summary>The same in words.</summary>
    public string EndReason { get; private set; } = "";

    /// <summary>From here until our own goodbye, a server that does not know the session ends the connection.</summary>
    public bool HasActiveSession { get; set; }

    public void Start()
    {
        lock (_gate)
        {
            ArmTimer();
        }
        _ = ReceiveAsync();
    }

    /// <summary>Sends a request; see <see cref="IUaServiceChannel.CallAsync"/>.</summary>
    public ValueTask<StatusCode> CallAsync(IUaExchange exchange, TimeSpan timeout, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return new ValueTask<StatusCode>(StatusCodes.BadRequestCancelledByClient);
        }
        PendingCall call = _pool.Rent();
        call.Begin(this, exchange);
        ValueTask<StatusCode> task = call.Task;
        StatusCode refused = Submit(call, exchange, timeout);
        if (refused.IsBad)
        {
            call.Complete(refused);
            return task;
        }
        call.CancelWith(cancellation);
        FlushUnlessDispatching();
        return task;
    }

    /// <summary>Takes a call out of the table; false when somebody else has.</summary>
    public bool TryTake(PendingCall call)
    {
        lock (_gate)
        {
            return _calls.TryGetValue(call.RequestId, out PendingCall? found) && found == call && _calls.Remove(call.RequestId);
        }
    }

    /// <summary>Ends the connection at once; every outstanding call fails.</summary>
    public void Close(StatusCode status, string reason)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }
            _closed = true;
            EndStatus = status;
            EndReason = reason;
        }
        _timer.Dispose();
        _link.Close();
        _trace?.Ended(status, reason);
        while (TakeAny() is { } call)
        {
            call.Complete(StatusCodes.BadConnectionClosed);
        }
    }

    /// <summary>Says goodbye to the channel, if the server still listens, and ends the connection.</summary>
    public async Task LeaveAsync(TimeSpan patience)
    {
        HasActiveSession = false;
        lock (_gate)
        {
            if (!_closed)
            {
                _message.Clear();
                new CloseSecureChannelRequest(ChannelHeader(NextRequestId())).Write(_message);
                _channel.Write(_outgoing, UaTcpMessageType.CloseSecureChannel, _lastRequestId, _message.WrittenSpan);
            }
        }
        await Task.WhenAny(SendOutgoingAsync(), Task.Delay(patience, _time, CancellationToken.None)).ConfigureAwait(false);
        Close(StatusCodes.BadConnectionClosed, "the client closed the connection");
        await Completion.ConfigureAwait(false);
    }

    private StatusCode Submit(PendingCall call, IUaExchange exchange, TimeSpan timeout)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return StatusCodes.BadConnectionClosed;
            }
            if (_calls.Count >= OutstandingCallsMax)
            {
                return StatusCodes.BadResourceUnavailable;
            }
            uint id = NextRequestId();
            _message.Clear();
            exchange.WriteRequest(_message, Header(id, timeout));
            _trace?.Sent(ServiceNames.Of(_message.WrittenSpan), _message.Length);
            ChannelFault fault = _channel.Write(_outgoing, UaTcpMessageType.Message, id, _message.WrittenSpan);
            _message.Trim(KeptBytesMax);
            if (fault != ChannelFault.None)
            {
                return fault.ToStatus();
            }
            call.RequestId = id;
            call.Sent = _time.GetTimestamp();
            call.Deadline = timeout == Timeout.InfiniteTimeSpan ? long.MaxValue : call.Sent + Ticks(timeout);
            _calls.Add(id, call);
            _counters.Requests++;
            ArmTimerFor(call.Deadline);
            return StatusCodes.Good;
        }
    }

    private RequestHeader Header(uint requestId, TimeSpan timeout) => new(
        AuthenticationToken, _time.GetUtcNow().UtcDateTime, requestId, timeout > TimeSpan.Zero ? (uint)Math.Min(timeout.TotalMilliseconds, uint.MaxValue) : 0);

    // Requests about the channel belong to no session.
    private RequestHeader ChannelHeader(uint requestId) => Header(requestId, _timing.Request) with { AuthenticationToken = default };

    // Zero is never used: it stands for "no request" with some servers.
    private uint NextRequestId() => _lastRequestId = _lastRequestId == uint.MaxValue ? 1 : _lastRequestId + 1;

    private PendingCall? Take(uint requestId)
    {
        lock (_gate)
        {
            return _calls.Remove(requestId, out PendingCall? call) ? call : null;
        }
    }

    private PendingCall? TakeAny()
    {
        lock (_gate)
        {
            foreach (PendingCall call in _calls.Values)
            {
                _calls.Remove(call.RequestId);
                return call;
            }
            return null;
        }
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);
}
